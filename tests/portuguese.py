"""The dialogue of the pictures in Portuguese, which the example in the six languages of the United Nations lacks."""

from bot.authoring import DialogueFile

LANGUAGE = "pt"
TEXTS = {
    "title": "A caminho: as mulheres e o transporte público",
    "summary": "Três semanas, três perguntas. O que impede as mulheres de circular livremente de ônibus, de trem e a pé, "
    "o que já ajudou e o que deve mudar agora?",
    "concept_note": "**Por que este diálogo**\n\nA maioria das redes de ônibus e trens foi planejada em torno de uma só viagem: "
    "de casa para um emprego em tempo integral, e de volta. Muitas mulheres circulam de outro modo: fazem vários trajetos "
    "curtos por dia, muitas vezes com crianças, pessoas idosas ou mercadorias, em horários em que quase nada circula. O medo do "
    "assédio decide a linha que tomam, ou até se saem de casa. Quem não pode se deslocar não pode estudar, trabalhar, ir ao "
    "médico nem participar da vida pública.\n\n**O que queremos saber**\n\n- como são hoje as viagens, de porta a porta\n"
    "- que medidas fizeram diferença, e para quem\n- o que devem fazer agora quem planeja, quem opera o transporte e as "
    "comunidades, e quem decide\n\n**Como funciona**\n\nToda segunda-feira chega uma pergunta. Responda quando for melhor para "
    "você, em qualquer dos idiomas, por escrito ou com uma mensagem de voz; bastam algumas frases. Não há respostas erradas: "
    "quem viaja, dirige, planeja ou paga o transporte sabe algo que as outras pessoas não sabem. Por favor, não cite nomes nem "
    "detalhes que permitam reconhecer alguém.\n\nNo fim, um resumo é publicado em todos os idiomas.",
}
QUESTIONS = (
    {
        "title": "A viagem como ela é",
        "text": "Pense em uma viagem que você, ou mulheres com quem trabalha, fazem com frequência. O que a torna **fácil** e o "
        "que a torna **difícil**, da porta de casa até o destino e na volta?",
        "prompts": [
            "A que hora do dia, com quem ou com que carga ela é feita?",
            "Em que ponto do caminho é preciso correr, esperar ou olhar para trás?",
            "Que viagens nem chegam a ser feitas?",
        ],
    },
    {
        "title": "O que ajudou",
        "text": "Que medida tornou mais seguras ou mais simples as viagens das mulheres onde você mora ou trabalha? Como você "
        "sabe que ajudou, e quem ficou de fora?",
        "prompts": [
            "Iluminação, horários, tarifas, pessoal, desenho, campanhas, denúncia por telefone?",
            "O que foi tentado e abandonado, e por quê?",
        ],
    },
    {
        "title": "A próxima parada",
        "text": "Se uma única coisa pudesse mudar na sua cidade em um ano, qual deveria ser? Quem tem de decidir, quem tem de "
        "pagar, e como as mulheres teriam voz?",
        "prompts": [
            "O que poderia ser feito com pouco dinheiro?",
            "O que você mostraria a alguém que planeja o transporte e anda de carro?",
        ],
    },
)
SOURCES = (
    "Objetivo de Desenvolvimento Sustentável 11: cidades e comunidades sustentáveis",
    "ONU-Habitat: mobilidade e transporte (em inglês)",
)
SAID = "O último ônibus passa às sete. Depois disso, só de carona."
POINTS = (
    (
        "Quem participa organiza o dia em torno do último ônibus: depois das 8 da noite, o caminho de casa decide quem pode aceitar "
        "um emprego, um curso ou um lugar em um comitê."
    ),
    (
        "Uma parada iluminada e alguém ao volante que espera importam mais do que as câmeras: 2 em cada 3 disseram que ninguém olha "
        "para elas."
    ),
)
FURTHER = "Quem paga o ônibus da noite, e quem decide sobre ele?"
TRANSLATED = "O motorista espera até eu entrar em casa. Isso muda tudo."


def added(to: DialogueFile) -> DialogueFile:
    """The dialogue with all its texts in Portuguese besides."""
    texts = {key: getattr(to, key) | {LANGUAGE: text} for key, text in TEXTS.items()}
    questions = [
        question.model_copy(update={key: getattr(question, key) | {LANGUAGE: value} for key, value in said.items()})
        for question, said in zip(to.questions, QUESTIONS, strict=True)
    ]
    sources = [
        source.model_copy(update={"title": source.title | {LANGUAGE: title}})
        for source, title in zip(to.sources, SOURCES, strict=True)
    ]
    everything = {"languages": (*to.languages, LANGUAGE), "questions": tuple(questions), "sources": tuple(sources)}
    return to.model_copy(update=texts | everything)
