from onrecord.inputs.languages import language_of

ENGLISH = (
    "The harbour board said on Monday that it had not shut the gate, and that nobody who works "
    "for it had been told to do so before the end of the week."
)
SPANISH = (
    "La junta del puerto negó el lunes que hubiera cerrado la puerta del muelle norte, y dijo que "
    "ninguno de sus empleados había recibido una orden semejante antes del fin de semana."
)


def test_plain_english_is_told() -> None:
    assert language_of(ENGLISH) == "en"


def test_english_is_told_whatever_is_declared() -> None:
    assert language_of(ENGLISH, declared="fr") == "en"


def test_another_language_is_not_guessed() -> None:
    assert language_of(SPANISH) is None


def test_another_language_is_believed_when_it_is_declared() -> None:
    assert language_of(SPANISH, declared="es") == "es"


def test_a_text_that_is_plainly_not_english_is_not_so_by_declaration() -> None:
    assert language_of(SPANISH, declared="en") is None


def test_a_short_text_has_the_language_that_is_declared() -> None:
    assert language_of("Gate shut.") is None
    assert language_of("Gate shut.", declared="en") == "en"


def test_texts_without_letters() -> None:
    assert language_of("") is None
    assert language_of("12 34 🚢 — … 56") is None
