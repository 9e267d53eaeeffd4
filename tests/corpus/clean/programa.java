package es.ejemplo.biblioteca;

import java.util.ArrayList;
import java.util.List;

public class GestorPrestamos {
    private final List<Prestamo> listaPrestamos = new ArrayList<>();

    public void agregarPrestamo(Prestamo nuevoPrestamo) {
        if (nuevoPrestamo == null || listaPrestamos.contains(nuevoPrestamo)) {
            throw new IllegalArgumentException("prestamo no valido");
        }
        listaPrestamos.add(nuevoPrestamo);
    }

    public int getNumeroPrestamos() { return listaPrestamos.size(); }
}
