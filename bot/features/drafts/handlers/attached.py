"""A voice message or a document comes to a page of the wizard: it is named in the draft, in the language it is in."""

from telegram import Update

from bot.features.drafts.actions import attached, contents
from bot.features.drafts.actions.drafts import WrittenMeanwhile
from bot.features.drafts.actions.typed import ToPlace
from bot.features.drafts.handlers import turning
from bot.features.drafts.keyboards import typed as typed_keyboards
from bot.features.drafts.texts import names
from bot.features.drafts.texts import typing as texts
from bot.features.recordings import texts as recording_texts
from bot.features.recordings.actions.recordings import REFUSED
from bot.i18n import Translator
from bot.telegram.context import Context


async def take(update: Update, context: Context, t: Translator, waiting: ToPlace, *, despite: bool) -> None:
    """Take it, ask in which language it is, or say why it can't serve."""
    languages = contents.languages(waiting.content)
    language = waiting.language or (languages[0] if len(languages) == 1 else None)
    said, rows = "", typed_keyboards.was_reply(t, waiting)
    try:
        attached.check(waiting)
        if language not in languages:
            said, rows = texts.which_language(t), typed_keyboards.put_aside(t, waiting, languages)
        else:
            async with context.person(update) as (session, person):
                where = await attached.take(session, person, waiting, language, now=context.now, despite=despite)
            said, rows = texts.kept(t, names.name(t, where), [language]), []
    except WrittenMeanwhile:
        said, rows = texts.met(t), [typed_keyboards.despite(waiting, texts.despite_button(t)), *rows]
    except REFUSED as refused:
        said = recording_texts.refused(t, refused)
    await turning.go(update, context, waiting.hand_id, waiting.place, said=said, rows=rows)
