// The editor speaks English and its text box has no name: both are said here, in German.
"use strict";

const WORTE = {
  "paragraph": "Absatz", "Paragraph": "Absatz", "Paragraph style": "Absatzart",
  "heading": "Überschrift", "Heading 2": "Überschrift", "Heading 3": "Zwischenüberschrift",
  "Heading 4": "kleine Überschrift", "heading 2": "Überschrift", "heading 3": "Zwischenüberschrift",
  "heading 4": "kleine Überschrift", "unordered list": "Liste", "ordered list": "nummerierte Liste",
  "List properties": "Art der Nummerierung", "blockquote": "Zitat", "bold": "fett", "italic": "kursiv",
  "insert link": "Link einfügen", "remove link": "Link entfernen", "Insert table": "Tabelle einfügen",
  "insert table": "Tabelle einfügen", "Add column": "Spalte einfügen", "Delete column": "Spalte löschen",
  "Add row": "Zeile einfügen", "Delete row": "Zeile löschen", "Merge cells": "Zellen verbinden",
  "Split cell": "Zelle teilen", "Toggle header cell": "Kopfzelle", "Delete table": "Tabelle löschen",
  "undo": "rückgängig", "redo": "wiederholen", "hard break": "Zeilenumbruch",
};

function benennen(editor) {
  const feld = editor.querySelector("textarea");
  const label = feld && document.querySelector(`label[for="${feld.id}"]`);
  const textbox = editor.querySelector(".ProseMirror[contenteditable]");
  if (label && textbox && !textbox.hasAttribute("aria-label")) {
    textbox.setAttribute("role", "textbox");
    textbox.setAttribute("aria-multiline", "true");
    textbox.setAttribute("aria-label", label.firstChild.textContent.trim());
  }
  for (const knopf of editor.querySelectorAll("button[title]")) {
    const wort = WORTE[knopf.title];
    if (wort) {
      knopf.title = wort;
      knopf.setAttribute("aria-label", wort);
    }
  }
  for (const text of editor.querySelectorAll(".prose-menubar__option > *")) {
    if (WORTE[text.textContent]) text.textContent = WORTE[text.textContent];
  }
}

function beobachten() {
  for (const editor of document.querySelectorAll(".prose-editor")) {
    benennen(editor);
    new MutationObserver(() => benennen(editor)).observe(editor, {
      attributes: true, attributeFilter: ["title"], childList: true, subtree: true,
    });
  }
}

// The editor's module starts after the page is complete.
window.addEventListener("load", () => setTimeout(beobachten));
