"""Other systems are told what happens in a dialogue: outgoing webhooks, not the one by which updates come in."""
