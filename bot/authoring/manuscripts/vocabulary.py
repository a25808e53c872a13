"""The words by which a Word file, a workbook or a plain text says what stands where (headings, rows), in every shipped language.

Whoever writes them: what is understood doesn't hang on the reader's language. The first of several is the one that is written.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from babel import Locale

from bot.authoring import keys
from bot.authoring.forms import nearest
from bot.authoring.languages import known_tag
from bot.i18n import LANGUAGES, SOURCE, endonym, locale_of

# Besides the keys of a dialogue file: parts of a document, columns of a table, and what belongs to a Summary.
ALL_QUESTIONS, ALL_SOURCES, SETTINGS, TEXTS, REMARK, KEY_POINTS, FURTHER = (
    "all questions", "all sources", "settings", "texts", "remark", "key points", "further",
)  # fmt: skip
SETTING, VALUE, NONE = "setting", "value", "none"

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Title / Title of the dialogue / Name / Topic",
        "summary": "Summary / In short / In brief / Teaser / Short description / Abstract",
        "concept_note": "Concept note / Background / Introduction / Context / About this dialogue",
        "rules": "Rules / Ground rules / House rules",
        ALL_QUESTIONS: "Questions / Guiding questions / Discussion questions / Questions for discussion",
        "questions": "Question / Guiding question / Discussion question / Week / Q",
        "text": "Text / Wording",
        "prompts": "To help you begin / Prompts / Prompt / Sub-questions / Sub-question / Helping questions",
        "follow_up": "Follow-up / Follow up / If the reply is short",
        "spoken": "Recording / Spoken",
        "concept_note_file": "Concept note as a file",
        "opens": "Opens",
        "closes": "Closes",
        ALL_SOURCES: "Sources / Reading list / Further reading / References",
        "sources": "Source",
        "url": "Address / Link / URL / Web address",
        SETTINGS: "Settings",
        TEXTS: "Texts",
        SETTING: "Setting",
        VALUE: "Value",
        REMARK: "Meaning / Remark / Remarks / Note / Notes / Comment / Comments",
        "slug": "Short name / Slug",
        "languages": "Languages / Language",
        "timezone": "Time zone",
        "starts": "Starts / Start / First day / Begins",
        "ends": "Ends / End / Last day",
        "every": "Every / Rhythm",
        "events": "Live event",
        "about": "About / What it is about",
        "lasts": "Lasts / Duration",
        "link": "Link / Link to join",
        "speakers": "Speakers",
        "recording": "Recording",
        "notes": "Notes of the event / Minutes",
        KEY_POINTS: "Key points",
        FURTHER: "Questions for further discussion",
        NONE: "None",
    },
    "es": {
        "title": "Título / Título del diálogo / Nombre / Tema",
        "summary": "Resumen / En breve / En pocas palabras / Descripción breve",
        "concept_note": "Nota conceptual / Antecedentes / Introducción / Contexto / Acerca de este diálogo",
        "rules": "Reglas / Normas",
        ALL_QUESTIONS: "Preguntas / Preguntas orientadoras / Preguntas guía / Preguntas para el debate",
        "questions": "Pregunta / Pregunta orientadora / Pregunta guía / Semana / P",
        "text": "Texto",
        "prompts": "Para empezar / Ayudas / Ayuda / Subpreguntas / Subpregunta / Preguntas de apoyo",
        "follow_up": "Repregunta / Pregunta de seguimiento / Si la respuesta es corta",
        "spoken": "Grabación",
        "concept_note_file": "Nota conceptual como archivo",
        "opens": "Se abre / Abre / Apertura",
        "closes": "Se cierra / Cierra / Cierre",
        ALL_SOURCES: "Fuentes / Lecturas / Bibliografía / Referencias",
        "sources": "Fuente / Lectura",
        "url": "Dirección / Enlace / Vínculo",
        SETTINGS: "Ajustes / Configuración",
        TEXTS: "Textos",
        SETTING: "Ajuste",
        VALUE: "Valor",
        REMARK: "Significado / Observación / Observaciones / Nota / Notas / Comentario / Comentarios",
        "slug": "Nombre corto",
        "languages": "Idiomas / Idioma / Lenguas",
        "timezone": "Zona horaria / Huso horario",
        "starts": "Comienza / Empieza / Comienzo / Inicio / Primer día / Fecha de inicio",
        "ends": "Termina / Fin / Final / Último día / Fecha de fin",
        "every": "Cada / Ritmo",
        "events": "Encuentro en vivo",
        "about": "De qué trata",
        "lasts": "Dura / Duración",
        "link": "Enlace",
        "speakers": "Intervienen / Ponentes",
        "recording": "Grabación",
        "notes": "Notas del encuentro / Acta",
        KEY_POINTS: "Puntos clave",
        FURTHER: "Preguntas para continuar el debate / Preguntas para seguir debatiendo",
        NONE: "Ninguna",
    },
    "fr": {
        "title": "Titre / Titre du dialogue / Nom / Thème / Sujet",
        "summary": "Résumé / En bref / En quelques mots / Courte description",
        "concept_note": "Note conceptuelle / Note de cadrage / Note de concept / Contexte / Introduction / À propos de ce dialogue",
        "rules": "Règles",
        ALL_QUESTIONS: "Questions / Questions directrices / Questions à débattre",
        "questions": "Question / Question directrice / Semaine / Q",
        "text": "Texte",
        "prompts": "Pour commencer / Pistes / Piste / Sous-questions / Sous-question / Aides / Aide",
        "follow_up": "Relance / Question de relance / Si la réponse est courte",
        "spoken": "Enregistrement",
        "concept_note_file": "Note conceptuelle en fichier",
        "opens": "Ouvre / Ouverture",
        "closes": "Ferme / Se ferme / Fermeture / Clôture",
        ALL_SOURCES: "Sources / Lectures / Bibliographie / Références / À lire",
        "sources": "Source / Lecture",
        "url": "Adresse / Lien",
        SETTINGS: "Réglages / Paramètres",
        TEXTS: "Textes",
        SETTING: "Réglage",
        VALUE: "Valeur",
        REMARK: "Signification / Remarque / Remarques / Note / Notes / Commentaire / Commentaires",
        "slug": "Nom court",
        "languages": "Langues / Langue",
        "timezone": "Fuseau horaire",
        "starts": "Commence / Début / Premier jour / Date de début",
        "ends": "Finit / Fin / Dernier jour / Date de fin",
        "every": "Tous les / Toutes les / Rythme",
        "events": "Rencontre en direct",
        "about": "De quoi il s’agit",
        "lasts": "Dure / Durée",
        "link": "Lien",
        "speakers": "Avec / Personnes invitées",
        "recording": "Enregistrement",
        "notes": "Notes de la rencontre / Compte rendu",
        KEY_POINTS: "Points clés / Idées clés",
        FURTHER: "Questions pour poursuivre le débat / Questions pour de futures discussions",
        NONE: "Aucune",
    },
    "ar": {
        "title": "العنوان / عنوان الحوار / الموضوع",
        "summary": "الملخص / ملخص / باختصار / نبذة / وصف موجز",
        "concept_note": "المذكرة المفاهيمية / المذكرة التوضيحية / ورقة المفاهيم / المعلومات الأساسية / معلومات أساسية"
        " / الخلفية / خلفية / مقدمة / المقدمة / السياق",
        "rules": "القواعد / قواعد",
        ALL_QUESTIONS: "الأسئلة / أسئلة / أسئلة النقاش / أسئلة للنقاش",
        "questions": "السؤال / سؤال / الأسبوع",
        "text": "النص",
        "prompts": "للبدء / للمساعدة على البدء / أسئلة مساعدة / سؤال مساعد / أسئلة فرعية / سؤال فرعي",
        "follow_up": "سؤال متابعة / سؤال المتابعة / إذا كان الرد قصيرا",
        "spoken": "تسجيل / التسجيل",
        "concept_note_file": "ملف المذكرة المفاهيمية",
        "opens": "يفتح",
        "closes": "يغلق",
        ALL_SOURCES: "المصادر / المراجع / قراءات",
        "sources": "المصدر / مصدر / مرجع",
        "url": "الرابط / رابط",
        SETTINGS: "الإعدادات",
        TEXTS: "النصوص",
        SETTING: "الإعداد",
        VALUE: "القيمة",
        REMARK: "المعنى / ملاحظة / ملاحظات / تعليق / تعليقات",
        "slug": "الاسم القصير",
        "languages": "اللغات / اللغة",
        "timezone": "المنطقة الزمنية",
        "starts": "البداية / يبدأ / اليوم الأول",
        "ends": "النهاية / ينتهي / اليوم الأخير",
        "every": "كل / الوتيرة",
        "events": "لقاء مباشر / اللقاء المباشر",
        "about": "عن اللقاء",
        "lasts": "المدة",
        "link": "رابط",
        "speakers": "المتحدثون",
        "recording": "التسجيل",
        "notes": "ملاحظات اللقاء",
        KEY_POINTS: "النقاط الرئيسية",
        FURTHER: "أسئلة لمواصلة النقاش",
        NONE: "لا شيء",
    },
    "ru": {
        "title": "Название / Заголовок / Название диалога / Тема",
        "summary": "Кратко / Коротко / Краткое описание / Резюме / Аннотация",
        "concept_note": "Концептуальная записка / Концепция / Введение / Контекст"
        " / Справочная информация / Предыстория / Об этом диалоге / О диалоге",  # noqa: RUF001 - Russian
        "rules": "Правила",
        ALL_QUESTIONS: "Вопросы / Вопросы для обсуждения / Основные вопросы",
        "questions": "Вопрос / Неделя",
        "text": "Текст",
        "prompts": "Чтобы начать / Подсказки / Подсказка / Подвопросы / Подвопрос / Вспомогательные вопросы",
        "follow_up": "Уточняющий вопрос / Уточнение / Если ответ короткий",
        "spoken": "Запись",
        "concept_note_file": "Концептуальная записка файлом",
        "opens": "Открывается / Открытие",
        "closes": "Закрывается / Закрытие",
        ALL_SOURCES: "Источники / Литература / Что почитать",
        "sources": "Источник",
        "url": "Адрес / Ссылка",
        SETTINGS: "Настройки",
        TEXTS: "Тексты",
        SETTING: "Настройка",
        VALUE: "Значение",
        REMARK: "Смысл / Примечание / Примечания / Комментарий / Комментарии",
        "slug": "Короткое имя",
        "languages": "Языки / Язык",
        "timezone": "Часовой пояс",
        "starts": "Начало / Начинается / Первый день / Дата начала",
        "ends": "Конец / Окончание / Заканчивается / Последний день / Дата окончания",
        "every": "Каждые / Ритм",
        "events": "Онлайн-встреча / Онлайн встреча",
        "about": "О чём встреча",  # noqa: RUF001 - Russian
        "lasts": "Длится / Продолжительность",
        "link": "Ссылка",
        "speakers": "Выступают / Спикеры",
        "recording": "Видеозапись / Запись",
        "notes": "Заметки о встрече",  # noqa: RUF001 - Russian
        KEY_POINTS: "Ключевые выводы / Ключевые мысли / Основные выводы",
        FURTHER: "Вопросы для дальнейшего обсуждения",
        NONE: "Нет",
    },
    "zh-Hans": {
        "title": "标题 / 名称 / 主题 / 对话标题",
        "summary": "简介 / 摘要 / 概要",
        "concept_note": "概念说明 / 背景 / 背景说明 / 引言 / 导言 / 概念文件 / 关于本次对话",
        "rules": "规则",
        ALL_QUESTIONS: "全部问题 / 讨论问题 / 讨论题 / 引导问题",
        "questions": "问题",
        "text": "正文 / 文字",
        "prompts": "思考提示 / 提示 / 子问题 / 小问题",
        "follow_up": "追问",
        "spoken": "录音",
        "concept_note_file": "概念说明文件",
        "opens": "开放时间 / 开放",
        "closes": "关闭时间 / 关闭",
        ALL_SOURCES: "参考资料 / 阅读材料 / 延伸阅读",
        "sources": "资料 / 来源",
        "url": "网址 / 链接",
        SETTINGS: "设置",
        TEXTS: "文本",
        SETTING: "设置项",
        VALUE: "值",
        REMARK: "含义 / 备注 / 说明 / 注释",
        "slug": "短名称",
        "languages": "语言",
        "timezone": "时区",
        "starts": "开始 / 开始时间 / 第一天 / 开始日期",
        "ends": "结束 / 结束时间 / 最后一天 / 结束日期",
        "every": "间隔 / 节奏",
        "events": "线上活动",
        "about": "活动简介",
        "lasts": "时长",
        "link": "链接",
        "speakers": "主讲人",
        "recording": "录像",
        "notes": "活动记录",
        KEY_POINTS: "要点",
        FURTHER: "可继续讨论的问题 / 进一步讨论的问题",
        NONE: "无",
    },
    "pt": {
        "title": "Título / Título do diálogo / Nome / Tema",
        "summary": "Resumo / Em resumo / Em poucas palavras / Descrição breve",
        "concept_note": "Nota conceitual / Nota conceptual / Antecedentes / Introdução / Contexto / Sobre este diálogo",
        "rules": "Regras",
        ALL_QUESTIONS: "Perguntas / Perguntas orientadoras / Perguntas para debate / Questões",
        "questions": "Pergunta / Questão / Semana",
        "text": "Texto",
        "prompts": "Para começar / Ajudas / Ajuda / Subperguntas / Subpergunta / Perguntas de apoio",
        "follow_up": "Pergunta de seguimento / Se a resposta for curta",
        "spoken": "Gravação",
        "concept_note_file": "Nota conceitual como arquivo",
        "opens": "Abre / Abertura",
        "closes": "Fecha / Encerramento",
        ALL_SOURCES: "Fontes / Leituras / Bibliografia / Referências",
        "sources": "Fonte / Leitura",
        "url": "Endereço / Link / Ligação",
        SETTINGS: "Configurações / Definições",
        TEXTS: "Textos",
        SETTING: "Configuração / Definição",
        VALUE: "Valor",
        REMARK: "Significado / Observação / Observações / Nota / Notas / Comentário / Comentários",
        "slug": "Nome curto",
        "languages": "Idiomas / Idioma / Línguas",
        "timezone": "Fuso horário",
        "starts": "Começa / Início / Primeiro dia / Data de início",
        "ends": "Termina / Fim / Último dia / Data de fim",
        "every": "A cada / Ritmo",
        "events": "Encontro ao vivo",
        "about": "De que se trata",
        "lasts": "Dura / Duração",
        "link": "Link",
        "speakers": "Com / Quem fala",
        "recording": "Gravação",
        "notes": "Notas do encontro / Ata",
        KEY_POINTS: "Pontos-chave / Pontos principais",
        FURTHER: "Perguntas para continuar o debate",
        NONE: "Nenhuma",
    },
}  # fmt: skip

TEXT_KEYS = frozenset({"title", "summary", "concept_note", "rules", "text", "follow_up", "about", "notes"})
"""What is said in some language."""
ALIKE = frozenset({"url", "link", "recording"})
"""What is the same in every language, though it may stand among the texts."""

_TAG_IN_PARENTHESES = re.compile(r"(.*?)\s*[(\uff08[]\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\s*[)\uff09\]]\s*")
_NAMES_OF_VERSIONS = re.compile(r"^(?:(?:version|versión|versão)\s+(?:en\s+|em\s+)?|in\s+|en\s+|на\s+)|\s+version$")
LONGEST_HEADING = 60  # characters; what is longer names no language


def fold(text: str) -> str:
    """What two spellings of a heading share: no case, accents, vowel marks, punctuation at the ends, or blanks in excess."""
    bare = text.casefold()
    if not bare.isascii():
        bare = "".join(each for each in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(each))
    return " ".join(re.sub(r"[-_\u2010-\u2015]", " ", bare).split()).strip(" .:*#،。")


@cache
def _meanings() -> dict[str, tuple[str, ...]]:
    """The keys that a word may stand for."""
    found: dict[str, tuple[str, ...]] = {}
    for words in WORDS.values():
        for key, alternatives in words.items():
            for word in alternatives.split(" / "):
                found[fold(word)] = tuple(dict.fromkeys((*found.get(fold(word), ()), key)))
    for key in keys.ALL:
        found[fold(key)] = tuple(dict.fromkeys((*found.get(fold(key), ()), key)))
    return found


@cache
def _speakers() -> dict[str, frozenset[str]]:
    """The languages in which a word is written so."""
    found: dict[str, frozenset[str]] = {}
    for language, words in WORDS.items():
        for alternatives in words.values():
            for word in alternatives.split(" / "):
                found[fold(word)] = found.get(fold(word), frozenset()) | {language}
    return found


@cache
def _asking() -> re.Pattern[str]:
    """How a line begins that names a question, or all of them."""
    words = {word for each in WORDS.values() for key in ("questions", ALL_QUESTIONS) for word in each[key].split(" / ")}
    longer = sorted((re.escape(word) for word in words if len(word) > 1), key=len, reverse=True)
    return re.compile(rf"^(?:[^\w\n]|[\d_]){{0,8}}(?:{'|'.join(longer)})", re.IGNORECASE | re.MULTILINE)


def may_ask(text: str) -> bool:
    """Whether a line of a text may name a question: looked at first, since most messages have none."""
    return _asking().search(text) is not None


def meanings(word: str) -> tuple[str, ...]:
    """The keys, or parts of a document, that a word may stand for; none for any other word."""
    return _meanings().get(fold(word), ())


def speakers(word: str) -> frozenset[str]:
    """The languages whose word this is."""
    return _speakers().get(fold(word), frozenset())


def written(key: str, language: str) -> str:
    """The word for a key in a language, in English where it isn't known, else the key."""
    known = WORDS.get(language, {}).get(key) or WORDS[SOURCE].get(key) or key
    return known.split(" / ", maxsplit=1)[0]


def nearest_word(word: str) -> str:
    """The word that was probably meant, or nothing."""
    found = nearest(fold(word), _meanings())
    return next(
        (
            each
            for words in WORDS.values()
            for alternatives in words.values()
            for each in alternatives.split(" / ")
            if fold(each) == found
        ),
        found,
    )


@cache
def _languages() -> dict[str, str]:
    """The tag of each language by its name in itself and in every shipped language."""
    shipped = {name: tag for tag in LANGUAGES for name in (endonym(tag),)}
    named = {
        name: tag.replace("_", "-")
        for speaker in LANGUAGES
        for tag, name in locale_of(speaker).languages.items()
        if "_" not in tag
    }
    own = {str(Locale(tag).get_display_name(tag)): tag for tag in ("pt", "de", "it", "nl", "sw", "tr", "uk")}
    shipped_names = {
        locale_of(speaker).languages.get(tag.split("-")[0], ""): tag for speaker in LANGUAGES for tag in LANGUAGES
    }
    return {fold(name): tag for name, tag in (named | own | shipped_names | shipped).items() if name}


def language_named(text: str) -> str | None:
    """The language (BCP 47) that a heading names: "Español", "French (fr)", "pt-BR", "Version française"; None for any other."""
    text = text.strip().rstrip(":").strip()
    if not text or len(text) > LONGEST_HEADING:
        return None
    parted = _TAG_IN_PARENTHESES.fullmatch(text)
    name, tag = (parted[1], parted[2]) if parted else (text, text)
    named = _languages().get(_NAMES_OF_VERSIONS.sub("", fold(name)))
    return (known_tag(tag) if parted or named is None else None) or named
