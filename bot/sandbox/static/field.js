// A text field that grows with its words and sends them on Enter.

export class Field {
  #field;

  /** `submit()` is called on Enter and on the button, `cancel()` on Escape. */
  constructor(form, { submit, cancel = () => {} }) {
    this.#field = form.querySelector("textarea");
    this.#field.addEventListener("input", () => this.#fit());
    this.#field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") cancel();
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      submit();
    });
  }

  get words() {
    return this.#field.value.trim();
  }

  set words(text) {
    this.#field.value = text;
    this.#fit();
  }

  /** What the field is called, for those who don't see it. */
  set label(text) {
    this.#field.ariaLabel = text;
  }

  focus() {
    this.#field.focus();
  }

  #fit() {
    this.#field.style.height = "auto";
    const border = this.#field.offsetHeight - this.#field.clientHeight;
    this.#field.style.height = `${this.#field.scrollHeight + border}px`;
  }
}
