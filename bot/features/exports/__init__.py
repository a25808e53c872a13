"""What was said, as files, to be taken along or brought into another installation."""
