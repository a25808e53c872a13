"""The words to those who help translate, and about translation by a service."""

from bot.features.translations.actions.deals import Dealt, TranslatorSettings
from bot.i18n import Translator, endonym
from bot.phrases import bold, inserted


def offer(t: Translator, shown: TranslatorSettings) -> str:
    """How one translates in a dialogue, above the languages one may translate from."""
    lines = [
        bold(t.gettext("Help translate: %(title)s") % {"title": inserted(shown.title)}),
        t.gettext(
            "You get one reply at a time and put it into %(language)s. Members see your translation beside the original, "
            "with your name as you chose to be named."
        )
        % {"language": inserted(t.language_name(shown.into))},
    ]
    if shown.done:
        done = t.ngettext(
            "You have translated %(count)s reply. Thank you.",
            "You have translated %(count)s replies. Thank you.",
            shown.done,
        )
        lines.append(done % {"count": t.number(shown.done)})
    lines.append(t.gettext("Which languages can you translate from?"))
    return "\n\n".join(lines)


def which_dialogue(t: Translator) -> str:
    """To one who can translate in several dialogues."""
    return t.gettext("In which dialogue would you like to translate?")


def nothing_to_offer(t: Translator) -> str:
    """To one in no dialogue of several languages."""
    return t.gettext(
        "None of your dialogues is held in your language and another one, so there is nothing to translate."
    )


def dealt(t: Translator, reply: Dealt) -> str:
    """A reply to be translated."""
    heading = t.gettext("A reply to question %(number)s, in %(source)s:") % {
        "number": t.number(reply.number),
        "source": inserted(t.language_name(reply.source)),
    }
    please = t.gettext("Please write your translation into %(language)s as your next message.") % {
        "language": inserted(t.language_name(reply.into))
    }
    return f"{bold(heading)}\n<blockquote>{inserted(reply.text)}</blockquote>\n{please}"


def none_waits(t: Translator) -> str:
    """When no reply waits for a translator."""
    return t.gettext("No reply waits for a translation at the moment. Thank you for looking.")


def sure(t: Translator) -> str:
    """After something was typed by one who has a reply to translate."""
    return t.gettext("Shall I keep this as your translation?")


def kept(t: Translator) -> str:
    """After a translation was kept."""
    return t.gettext("Thank you. Your translation is kept.")


def gone(t: Translator) -> str:
    """When a reply was edited, withdrawn or hidden, or someone else translated it, before its translation came."""
    return t.gettext(
        "Thank you for your work. That reply has been changed or withdrawn meanwhile, or someone else has translated it, "
        "so your translation isn't needed any more."
    )


def enough(t: Translator) -> str:
    """After someone stops translating for now."""
    return t.gettext("All right. What you write next is a reply again.")


def service_changed(t: Translator, *, on: bool, service: str) -> str:
    """After allowing, or no longer allowing, a service to translate one's replies."""
    words = {"service": inserted(service)}
    if on:
        return (
            t.gettext("Your replies may now be sent to %(service)s, a service outside this bot, and translated there.")
            % words
        )
    return t.gettext("Your replies are not sent to %(service)s any more.") % words


def wish_heard(t: Translator) -> str:
    """After asking for a translation; at most 200 characters."""
    return t.gettext("Those who translate into your language are told. You hear from me when it is done.")


def nobody_translates(t: Translator) -> str:
    """When nobody translates into the person's language; at most 200 characters."""
    return t.gettext("Nobody translates from that language into yours at the moment.")


def too_many_wishes(t: Translator) -> str:
    """When as much as one may ask for waits already; at most 200 characters."""
    return t.gettext(
        "You have asked for as many translations as can wait at once. Please ask again once one of them is there."
    )


def wished(t: Translator, title: str, count: int) -> str:
    """To one who translates: members wait for it."""
    said = t.ngettext(
        "A translation of %(count)s reply is asked for, and you could make it.",
        "Translations of %(count)s replies are asked for, and you could make them.",
        count,
    ) % {"count": t.number(count)}
    return f"{bold(inserted(title))}\n{said}"


def wish_button(t: Translator) -> str:
    """Asks for a reply to be translated."""
    return t.pgettext("button", "Ask for a translation")


def translate_button(t: Translator) -> str:
    """Opens the page for translators."""
    return t.pgettext("button", "Help translate")


def source_button(tag: str, *, chosen: bool) -> str:
    """A language to translate from, in itself; the chosen ones are ticked."""
    return f"✓ {endonym(tag)}" if chosen else endonym(tag)


def deal_button(t: Translator) -> str:
    """Gives a reply to translate."""
    return t.pgettext("button", "Give me a reply to translate")


def pass_button(t: Translator) -> str:
    """Leaves a reply to others, for the next one."""
    return t.pgettext("button", "Another one")


def enough_button(t: Translator) -> str:
    """Stops translating for now."""
    return t.pgettext("button", "That's all for now")


def keep_button(t: Translator) -> str:
    """Keeps what was typed as the translation."""
    return t.pgettext("button", "Keep the translation")


def service_button(t: Translator, *, on: bool) -> str:
    """Allows a service to translate one's replies, or no longer."""
    if on:
        return t.pgettext("button", "No translation service")
    return t.pgettext("button", "Allow a translation service")
