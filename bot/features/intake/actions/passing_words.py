"""Words in passing (keywords such as HELP, STOP, thanks, hello): what they mean in every shipped language, whoever writes them."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from bot.places import fold

QUESTION_MARKS = ("?", "؟", "\N{FULLWIDTH QUESTION MARK}")


class Passing(StrEnum):
    """What words in passing mean; the first of these counts where a message has several."""

    STOP = "stop"
    HELP = "help"
    SMALL_TALK = "small talk"


# A message must be made of nothing else. What may be an answer, such as "yes", "no" or "good", isn't here.
WORDS: Mapping[str, Mapping[Passing, str]] = {
    "en": {
        Passing.HELP: "help / help me / please help / help please / i need help / how does this work / how does it work"
        " / what can you do / info / menu",
        Passing.STOP: "stop / stop it / please stop / unsubscribe / opt out / leave / quit / exit / remove me / leave group"
        " / i want to leave / i want to stop / how do i leave / how can i leave / how do i stop / how do i stop this"
        " / how do i unsubscribe / how to leave / how to unsubscribe / no more messages",
        Passing.SMALL_TALK: "thanks / thank you / thank you very much / thank you so much / thanks a lot / many thanks / thx / ty"
        " / ok / okay / okey / k / got it / hello / hi / hey / hello there / hi there / hello everyone / hi everyone / hi all"
        " / good morning / good afternoon / good evening / good night / bye / goodbye / see you / you're welcome / youre welcome",
    },
    "es": {
        Passing.HELP: "ayuda / ayúdame / ayúdeme / ayúdenme / necesito ayuda / ayuda por favor / cómo funciona / cómo funciona esto"
        " / información",
        Passing.STOP: "parar / para / pare / basta / detener / baja / dar de baja / darme de baja / quiero darme de baja / salir"
        " / salirme / quiero salir / quiero salirme / cómo salgo / cómo me salgo / cómo puedo salir / abandonar / dejar de recibir"
        " / cancelar suscripción / cancelar la suscripción / no más mensajes",
        Passing.SMALL_TALK: "gracias / muchas gracias / mil gracias / muchísimas gracias / ok / okey / vale / hola / hola a todos"
        " / hola a todas / buenas / buen día / buenos días / buenas tardes / buenas noches / adiós / chao / chau / hasta luego"
        " / de nada",
    },
    "fr": {
        Passing.HELP: "aide / à l'aide / aidez-moi / aide-moi / j'ai besoin d'aide / au secours / comment ça marche"
        " / comment ça fonctionne / informations",
        Passing.STOP: "arrêt / arrêter / arrêtez / arrête / désinscription / désinscrire / me désinscrire / désabonnement"
        " / désabonner / me désabonner / se désabonner / désabonnez-moi / quitter / partir / je veux partir / je veux quitter"
        " / je veux arrêter / comment partir / comment quitter / comment arrêter / comment me désinscrire / comment me désabonner"
        " / comment je quitte / plus de messages",
        Passing.SMALL_TALK: "merci / merci beaucoup / merci bien / un grand merci / mille mercis / ok / d'accord / bonjour"
        " / bonjour à tous / bonjour à toutes / bonjour à toutes et à tous / bonsoir / salut / coucou / bonne nuit / bonne journée"
        " / bonne soirée / au revoir / à bientôt / de rien",
    },
    "ar": {
        Passing.HELP: "مساعدة / المساعدة / ساعدني / ساعدوني / ساعديني / أحتاج مساعدة / أحتاج إلى مساعدة / أريد مساعدة"
        " / كيف يعمل هذا / كيف يعمل / معلومات",
        Passing.STOP: "توقف / قف / إيقاف / أوقف / أوقفوا / ستوب / إلغاء الاشتراك / ألغ الاشتراك / ألغوا اشتراكي / مغادرة / المغادرة"
        " / خروج / الخروج / انسحاب / الانسحاب / أريد المغادرة / أريد الخروج / أريد الانسحاب / أريد أن أغادر / أريد أن أنسحب"
        " / كيف أغادر / كيف أخرج / كيف أنسحب / كيف ألغي الاشتراك / لا مزيد من الرسائل",
        Passing.SMALL_TALK: "شكرا / شكرا لك / شكرا لكم / شكرا جزيلا / شكرا كثيرا / ألف شكر / مشكور / مشكورة / مشكورين"
        " / جزاك الله خيرا / جزاكم الله خيرا / حسنا / تمام / أوكي / أوك / طيب / مرحبا / أهلا / أهلا وسهلا / أهلا بكم / هلا / سلام"
        " / السلام عليكم / السلام عليكم ورحمة الله / السلام عليكم ورحمة الله وبركاته / وعليكم السلام / صباح الخير / مساء الخير"
        " / مع السلامة / إلى اللقاء / عفوا",
    },
    "ru": {
        Passing.HELP: "помощь / помогите / помоги / справка / нужна помощь / мне нужна помощь / помогите пожалуйста / как это работает"
        " / как пользоваться / инструкция",
        Passing.STOP: "стоп / стой / хватит / отписаться / отписка / отпишите / отпишите меня / отпиши меня / выйти / выход / уйти"
        " / покинуть / хочу выйти / хочу уйти / хочу отписаться / как выйти / как уйти / как отписаться / прекратить / прекратите"
        " / больше не пишите / не пишите мне / больше не пишите мне",
        Passing.SMALL_TALK: "спасибо / большое спасибо / спасибо большое / спасибо вам / благодарю / ок / окей / ладно / хорошо"
        " / понятно / понял / поняла / привет / всем привет / здравствуйте / здравствуй / добрый день / доброе утро / добрый вечер"
        " / спокойной ночи / пока / до свидания / пожалуйста / не за что",
    },
    "zh-Hans": {
        Passing.HELP: "帮助 / 帮忙 / 帮帮我 / 求助 / 我需要帮助 / 请帮忙 / 怎么用 / 如何使用 / 怎么使用 / 使用说明 / 说明",
        Passing.STOP: "停止 / 停 / 停下 / 退订 / 取消订阅 / 取消关注 / 退出 / 离开 / 我要退出 / 我想退出 / 我要离开 / 我想离开 / 怎么退出"
        " / 如何退出 / 怎么离开 / 如何离开 / 怎么退订 / 如何退订 / 别再发了 / 不要再发了 / 不要再给我发消息",
        Passing.SMALL_TALK: "谢谢 / 谢谢你 / 谢谢您 / 谢谢大家 / 多谢 / 非常感谢 / 感谢 / 谢了 / 好的 / 好吧 / 收到 / 知道了 / 明白 / 明白了 / 嗯"
        " / 你好 / 您好 / 大家好 / 嗨 / 哈喽 / 早上好 / 早安 / 下午好 / 晚上好 / 晚安 / 再见 / 拜拜 / 不客气",
    },
    "pt": {
        Passing.HELP: "ajuda / ajude-me / me ajude / me ajuda / ajudem-me / me ajudem / preciso de ajuda / ajuda por favor"
        " / por favor ajuda / como funciona / como funciona isto / como funciona isso / como isso funciona / informações",
        Passing.STOP: "parar / pare / para / pare com isso / sair / quero sair / quero parar / como saio / como eu saio / como sair"
        " / como faço para sair / como posso sair / cancelar / cancelar inscrição / cancelar a inscrição / cancelar subscrição"
        " / cancelar a subscrição / quero cancelar / descadastrar / deixar de receber / não quero receber / não quero mais receber"
        " / não quero receber mais / me tire daqui / remova-me / me remova / chega / chega de mensagens / mais nenhuma mensagem",
        Passing.SMALL_TALK: "obrigado / obrigada / muito obrigado / muito obrigada / obrigadão / obg / brigado / brigada / valeu"
        " / ok / okay / tá bom / tá certo / entendi / entendido"
        " / olá / oi / oi gente / olá a todos / olá a todas / alô / bom dia / boa tarde / boa noite / bom dia a todos / tchau"
        " / adeus / até logo / até mais / até breve / até amanhã / de nada / por nada",
    },
}
_PARTS = re.compile("[.,!;:\n…،؛。!,;、~]+")


def meaning(text: str) -> Passing | None:
    """What a message means that has nothing but such words, or no letter and no digit at all, as emoji; None for any other."""
    parts = [part for part in map(fold, _PARTS.split(text)) if part]
    if not parts:
        asks = any(mark in text for mark in QUESTION_MARKS)
        return Passing.HELP if asks else Passing.SMALL_TALK
    found = {_meanings().get(part) for part in parts}
    return None if None in found else next(one for one in Passing if one in found)


@cache
def _meanings() -> Mapping[str, Passing]:
    return {
        fold(word): passing for words in WORDS.values() for passing, said in words.items() for word in said.split(" / ")
    }
