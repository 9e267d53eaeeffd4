import os
import sys


def contar_palabras(ruta, codificacion="utf-8"):
    """Cuenta las palabras de un fichero de texto."""
    total = 0
    with open(ruta, encoding=codificacion) as entrada:
        for linea in entrada:
            total += len(linea.split())
    return total


if __name__ == "__main__":
    for nombre in sys.argv[1:]:
        print(os.path.basename(nombre), contar_palabras(nombre))
