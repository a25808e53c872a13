"""What people put before their city or their name when they are asked for it ("I live in …", "my name is …"), in every shipped language."""

import re
from collections.abc import Mapping

CITY: Mapping[str, str] = {
    "en": r"(?:(?:i|we|i'm|im|we're)(?: (?:am|are|live|living|reside|based|located|stay|currently|now))* )?"
    r"(?:in|near|close to|at|from|around)|my (?:city|town|time ?zone) is|it's|it is|i am|i'm",
    "es": r"(?:yo )?(?:vivo|estoy|resido|soy|vivimos|estamos|me encuentro)(?: ahora| actualmente)? (?:en|cerca de|de)"
    r"|mi ciudad es|en|cerca de|desde",
    "fr": r"(?:j'habite|nous habitons|je vis|je suis|je réside|je me trouve)(?: actuellement)?(?: (?:à|a|au|aux|en|dans|près de|pres de))?"
    r"|ma ville,? (?:est|c'est)|c'est|à|près de|pres de|en",
    "ar": r"(?:[أا]نا )?(?:(?:[أا]عيش|[أا]سكن|[أا]قيم|مقيمة?|ساكنة?|موجودة?|نعيش|نسكن|حاليًا|حاليا|الآن) )*"
    r"(?:في|بالقرب من|قرب|قريبة? من|من)|مدينتي(?: هي)?|[أا]نا|مدينة",
    "ru": r"(?:я |мы )?(?:(?:сейчас|живу|нахожусь|проживаю|живём|живем) )*(?:во|в|под|около|возле|недалеко от|рядом с|из)"  # noqa: RUF001 - Russian
    r"|(?:мой )?город(?: —| -|:)?",
    "zh-Hans": r"我?们?(?:现在|目前)?人?(?:居住在|生活在|住在|位于|来自|在|住|是)(?:靠近)?|我的城市是",
    "pt": r"(?:eu )?(?:moro|vivo|estou|resido|sou|fico|moramos|vivemos|estamos|me encontro|encontro-me)(?: agora| atualmente)?"
    r" (?:em|no|na|nos|nas|perto de|perto do|perto da|próximo a|de|do|da)"
    r"|(?:a )?minha cidade é|em|no|na|perto de|aqui é",
}
NAME: Mapping[str, str] = {
    "en": r"(?:please )?(?:call|name) me|my name is|my name's|the name is|i am|i'm|it's|this is",
    "es": r"me llamo|mi nombre es|(?:yo )?soy|ll[aá]m[ea]me|pueden? llamarme|puedes llamarme",
    "fr": r"je m'appelle|mon (?:nom|prénom|prenom) est|je suis|appelez-moi|appelle-moi|moi,? c'est|c'est",
    "ar": r"[أإا]سمي(?: هو)?|[أا]نا(?: [أإا]سمي)?|نادوني|نادني|ناديني|سموني",
    "ru": r"меня зовут|мо[её] имя(?: —| -|:)?|зовите меня|называйте меня|можно просто|я",
    "zh-Hans": r"(?:大家好[,,])?请?(?:叫我|我叫|我的名字是|我的名字叫|我是|我名叫)",
    "pt": r"(?:(?:eu )?(?:me chamo|chamo-me|sou)|aqui (?:é|fala))(?: [oa])?|(?:o )?meu nome é"
    r"|(?:podem? )?(?:me cham(?:ar|em|e)|chamar-me|chamem?-me)(?: de)?",
}
_WITHOUT_BLANKS = {"zh-Hans"}
_APOSTROPHES = str.maketrans("’ʼ`´", "''''")  # noqa: RUF001 - as phones write them
_ENDING = " .!,;:…。!,،"


def _beginning(by_language: Mapping[str, str]) -> re.Pattern[str]:
    each = [
        f"(?:{words})" + (" ?" if language in _WITHOUT_BLANKS else "[ :]+") for language, words in by_language.items()
    ]
    return re.compile(f"(?:{'|'.join(each)})(?=\\S)", re.IGNORECASE)


_CITY, _NAME = _beginning(CITY), _beginning(NAME)


def city(typed: str) -> str:
    """The city in what was typed; all of it where nothing stands before."""
    return _without(typed, _CITY).rstrip(_ENDING) or typed


def name(typed: str) -> str:
    """The name in what was typed; all of it, a full stop as in "Jr." too, where nothing stands before."""
    plain = " ".join(typed.split())
    found = _without(plain, _NAME)
    return plain if found == plain else found.rstrip(_ENDING) or plain


def _without(typed: str, beginning: re.Pattern[str]) -> str:
    said = " ".join(typed.split())
    found = beginning.match(said.translate(_APOSTROPHES))
    return said[found.end() :] if found else said
