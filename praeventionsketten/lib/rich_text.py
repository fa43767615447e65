"""Rich text: one configuration gives the editor's buttons and the list of allowed HTML."""

from django_prose_editor.fields import ProseEditorField

EXTENSIONS = {
    "Heading": {"levels": [2, 3, 4]},
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["https", "http", "mailto", "tel"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
}


class RichTextField(ProseEditorField):
    """Semantic HTML from the editor, sanitised on every save and not only in forms."""

    def __init__(self, *args, **kwargs) -> None:
        kwargs |= {"extensions": EXTENSIONS, "sanitize": True}
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        for eigen in ("extensions", "sanitize", "config"):
            kwargs.pop(eigen, None)
        return name, "praeventionsketten.lib.rich_text.RichTextField", args, kwargs

    def pre_save(self, model_instance, add):
        text = self.sanitize(getattr(model_instance, self.attname) or "")
        setattr(model_instance, self.attname, text)
        return text
