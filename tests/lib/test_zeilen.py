"""Text fields that hold a list, a line each."""

from praeventionsketten.lib.zeilen import paare


def test_a_line_is_a_name_and_what_it_says():
    text = "116 111 | Nummer gegen Kummer\r\nTreffen|Zu Hause | und hier"

    assert paare(text) == [
        ("116 111", "Nummer gegen Kummer"),
        ("Treffen", "Zu Hause | und hier"),
    ]


def test_a_name_may_stand_alone_but_a_text_may_not():
    assert paare("\n\n Abschluss \n| nichts\n | ") == [("Abschluss", "")]
