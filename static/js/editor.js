// German names for the buttons of the text editor, and a name for its text box.
