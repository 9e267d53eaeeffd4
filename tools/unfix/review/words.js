/* What the page says, in each of its languages. */
const words = {
  en: {
    document: "Document", language: "Language", parts: "Parts of the page",
    text: "Text", series: "Series", filters: "Show", repair: "Repair",
    undo: "Undo", exportReport: "Save the report",
    exportVeto: "Save vetoes", exportWords: "Save words",
    view: "Text as", inline: "what was read and what is put",
    result: "repaired", sides: "side by side",
    class: "Class", verdict: "Verdict", confidence: "Sureness", from: "from", to: "to",
    find: "Find", notFound: text => `“${text}” is not in the text.`,
    legend: "What the marks mean",
    legendList: {
      applied: "will be made", proposed: "doubted: will not be made",
      refused: "rejected", unsure: "less than 90 % sure",
      decided: "decided by you"
    },
    hint: "Click a marked word, or press n for the first.",
    doubted: n => `${n} doubted: look at them`, showAll: "Show all again",
    takeAll: n => `and for all ${n} like it`,
    all: "all", keys: "Keys", how: "What to do with it",
    seriesHint: "What recurs is decided at once. Open one to see its words.",
    more: "Show more", replacement: "Put", take: "Take this",
    alternatives: "Other readings", previous: "Previous", next: "Next",
    accept: "Accept", reject: "Reject",
    applied: "accepted", refused: "rejected", proposed: "doubted",
    decided: "decided by you", undecided: "not decided by you",
    nothing: "nothing", line: "line", sure: "sure",
    acceptAll: "Accept all of", rejectAll: "Reject all of",
    show: "Show in the text", original: "keep what was read",
    progress: (done, all, put) =>
      `${done} of ${all} decided by you; ${put} will be made`,
    none: "Nothing to be shown.",
    noRoom: "The browser keeps no progress for this page.",
    kept: "Your decisions of last time are back.",
    fileReport: files => "report.jsonl is saved. To make its repairs: " +
      `unfix --in-place --apply=report.jsonl ${files}`,
    fileVeto: n => `${n} lines saved, for unfix --veto=veto.txt`,
    fileWords: n => `${n} lines saved, for unfix --words=words.txt`,
    clip: text => `“${text}” as it stands on the page`,
    noImage: name => `The image ${name} is not there, or the browser cannot ` +
      "show it: put a PNG or JPEG of that name beside the file.",
    nothingToSave: "There is nothing to be saved yet.",
    notHere: "In this file one plain word has to become one plain word here: " +
      "accept or reject what is proposed.",
    keyList: {
      "n, j, →": "next", "p, k, ←": "previous", "a, y": "accept",
      "r, x": "reject", "e": "edit", "u": "undo", "1–9": "another reading",
      "/": "find",
      "Shift+A": "accept the whole series",
      "Shift+R": "reject the whole series"
    },
    howList: [
      "Go through the series first: most of the work is in the first few.",
      "Then look at what is doubted, by the button above.",
      "Save the report and run unfix --in-place --apply=REPORT FILE on the" +
        " files as they were before.",
      "Save vetoes and words to spare yourself the same decisions:" +
        " unfix --veto=FILE --words=FILE."
    ],
    classes: {
      accent: "accent", tilde: "ñ", letter: "letter", lost: "letter lost",
      split: "words run together", join: "word taken apart",
      case: "capitals", ordinal: "ordinal", roman: "numeral",
      symbol: "symbol", number: "number", spacing: "blank",
      punctuation: "mark", hyphen: "hyphen", date: "date", list: "list mark",
      encoding: "encoding"
    },
    reasons: {}
  },
  es: {
    document: "Documento", language: "Idioma", parts: "Partes de la página",
    text: "Texto", series: "Series", filters: "Mostrar", repair: "Corrección",
    undo: "Deshacer", exportReport: "Guardar el informe",
    exportVeto: "Guardar vetos", exportWords: "Guardar palabras",
    view: "Texto", inline: "lo leído y lo puesto",
    result: "corregido", sides: "en dos columnas",
    class: "Clase", verdict: "Decisión", confidence: "Certeza", from: "desde", to: "hasta",
    find: "Buscar", notFound: text => `«${text}» no está en el texto.`,
    legend: "Qué significan las marcas",
    legendList: {
      applied: "se hará", proposed: "dudosa: no se hará",
      refused: "rechazada", unsure: "menos de 90 % de certeza",
      decided: "decidida por usted"
    },
    hint: "Pulse una palabra marcada, o la tecla n para ir a la primera.",
    doubted: n => `${n} dudosas: verlas`, showAll: "Mostrar todas",
    takeAll: n => `y en las ${n} iguales`,
    all: "todas", keys: "Teclas", how: "Qué hacer con esto",
    seriesHint:
      "Lo que se repite se decide de una vez. Abra una serie para ver" +
      " sus palabras.",
    more: "Mostrar más", replacement: "Poner", take: "Tomar esto",
    alternatives: "Otras lecturas", previous: "Anterior", next: "Siguiente",
    accept: "Aceptar", reject: "Rechazar",
    applied: "aceptada", refused: "rechazada", proposed: "dudosa",
    decided: "decididas por usted", undecided: "sin decidir por usted",
    nothing: "nada", line: "línea", sure: "de certeza",
    acceptAll: "Aceptar toda la serie", rejectAll: "Rechazar toda la serie",
    show: "Mostrar en el texto", original: "dejar lo leído",
    progress: (done, all, put) =>
      `${done} de ${all} decididas por usted; se harán ${put}`,
    none: "No hay nada que mostrar.",
    noRoom: "El navegador no guarda el avance de esta página.",
    kept: "Se han recuperado sus decisiones anteriores.",
    fileReport: files => "Se ha guardado report.jsonl. Para aplicarlo: " +
      `unfix --in-place --apply=report.jsonl ${files}`,
    fileVeto: n => `${n} líneas guardadas, para unfix --veto=veto.txt`,
    fileWords: n => `${n} líneas guardadas, para unfix --words=words.txt`,
    clip: text => `«${text}» tal como está en la página`,
    noImage: name => `La imagen ${name} no está o el navegador no puede ` +
      "mostrarla: ponga un PNG o JPEG de ese nombre junto al archivo.",
    nothingToSave: "Todavía no hay nada que guardar.",
    notHere: "En este archivo, una palabra sola tiene que dar una palabra sola: " +
      "acepte o rechace lo propuesto.",
    keyList: {
      "n, j, →": "siguiente", "p, k, ←": "anterior", "a, y": "aceptar",
      "r, x": "rechazar", "e": "editar", "u": "deshacer",
      "1–9": "otra lectura", "/": "buscar",
      "Mayús+A": "aceptar toda la serie", "Mayús+R": "rechazar toda la serie"
    },
    howList: [
      "Empiece por las series: casi todo el trabajo está en las primeras.",
      "Mire después lo dudoso, con el botón de arriba.",
      "Guarde el informe y ejecute unfix --in-place --apply=INFORME ARCHIVO" +
        " sobre los archivos tal como estaban.",
      "Guarde vetos y palabras para no decidir lo mismo otra vez:" +
        " unfix --veto=ARCHIVO --words=ARCHIVO."
    ],
    classes: {
      accent: "acento", tilde: "ñ", letter: "letra", lost: "letra perdida",
      split: "palabras unidas", join: "palabra partida",
      case: "mayúsculas", ordinal: "ordinal", roman: "numeral romano",
      symbol: "signatura", number: "número", spacing: "espacio",
      punctuation: "signo", hyphen: "guion", date: "fecha",
      list: "marca de lista", encoding: "codificación"
    },
    /* What reports say in English. */
    reasons: {
      " read as ": " leída como ", " is ": " es ",
      "accent misread": "tilde mal leída", "blank lost": "espacio perdido",
      "capitals misread": "mayúsculas mal leídas",
      "date misread": "fecha mal leída", "letter lost": "letra perdida",
      "decomposed letter composed": "letra compuesta",
      "letter's sign misread": "signo de la letra mal leído",
      "letters mangled": "letras estropeadas",
      "letters misread": "letras mal leídas",
      "list mark misread": "marca de lista mal leída",
      "number misread": "número mal leído",
      "numeral misread": "numeral mal leído",
      "ordinal misread": "ordinal mal leído",
      "speck or misread mark": "mota o signo mal leído",
      "symbol misread": "signatura mal leída",
      "word broken at a line's end": "palabra partida al final de línea",
      "word taken apart": "palabra partida",
      "words run together": "palabras unidas",
      "below the bar": "por debajo del umbral",
      "below the bar: a word as it stands":
        "por debajo del umbral: ya es una palabra",
      "below the bar: among code or markup":
        "por debajo del umbral: entre código o marcas",
      "below the bar: in another language":
        "por debajo del umbral: en otro idioma",
      "below the bar: nothing proves it":
        "por debajo del umbral: nada lo prueba",
      "below the bar: older spelling":
        "por debajo del umbral: ortografía antigua",
      "below the bar: the text repeats it":
        "por debajo del umbral: el texto lo repite",
      "below the bar: two words fit alike":
        "por debajo del umbral: caben dos palabras",
      "cannot be written into the file there":
        "no se puede escribir ahí en el archivo",
      "class switched off": "clase desactivada",
      "does not settle": "no se decide",
      "its owner writes it so": "su autor lo escribe así",
      "more than accents": "más que tildes",
      "over the budget of harm": "pasa del daño permitido",
      "talked about": "se habla de ella",
      "the file's encoding has no such character":
        "la codificación del archivo no tiene ese carácter",
      "the first person speaks": "habla la primera persona",
      "would change how many lines there are": "cambiaría el número de líneas",
      "would empty its line": "vaciaría la línea"
    }
  }
};
