"""What can go wrong with the local servers, said in one sentence to the person at the terminal."""

import errno

EXIT_UNAVAILABLE = 69  # the numbers of sysexits.h: a service did not come up
EXIT_CANNOT_WRITE = 73  # a file or folder cannot be made
EXIT_BUSY = 75  # try again later: another process holds it
EXIT_NOT_PERMITTED = 77
EXIT_CONFIG = 78


class ServiceError(Exception):
    """A local server cannot be had. `sentence` is French, says what to do, and holds no secret."""

    def __init__(self, sentence: str, exit_code: int = EXIT_UNAVAILABLE) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.exit_code = exit_code


_WHY = {
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "le quota de disque est atteint",
    errno.EACCES: "ce compte n'a pas le droit d'y écrire",
    errno.EPERM: "ce compte n'a pas le droit d'y écrire",
    errno.ENOTDIR: "une partie du chemin est un fichier",
    errno.EEXIST: "un fichier porte ce nom",
}


def cannot_write(error: OSError, where: object) -> ServiceError:
    """The sentence for a folder we could not make or write, from the system's own reason."""
    why = _WHY.get(error.errno or 0, error.strerror or "raison inconnue")
    return ServiceError(
        f"Impossible d'écrire dans {where} : {why}. "
        "Libérez de la place ou choisissez un autre dossier avec ALLERVERS_DATA_DIR.",
        EXIT_CANNOT_WRITE,
    )
