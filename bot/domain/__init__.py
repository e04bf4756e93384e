"""The words: frozen dataclasses, StrEnums and pure rules; standard library only."""
