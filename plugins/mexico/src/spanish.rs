//! Spanish beside the Arabic and English of the shared JSON reader, by the code of the problem.

use barid_json_reading::shown;
use barid_plugin::problem::text;
use barid_proto::v1::{Problem, Text};

const SPANISH: &str = "es";

/// What is wrong and how to mend it, for each code of the JSON reader.
const WORDINGS: [(&str, &str, &str); 14] = [
    ("too-large", "El documento es demasiado grande.", "Divida el documento."),
    ("encoding-not-utf8", "El texto no está en UTF-8.", "Guarde el archivo en UTF-8."),
    ("json-syntax", "No es JSON válido.", "Corrija el texto en este lugar o expórtelo de nuevo."),
    ("field-twice", "El campo está dos veces.", "Deje uno de los dos."),
    ("field-unknown", "Este formato no tiene ese campo.", "Corrija el nombre o quite el campo."),
    ("field-missing", "El campo falta o está vacío.", "Agregue el campo con su valor."),
    ("type-wrong", "El valor es de otro tipo.", "Corrija el valor."),
    ("date-invalid", "No es un día escrito AAAA-MM-DD.", "Corrija la fecha."),
    (
        "instant-invalid",
        "No es una hora con su diferencia respecto de UTC.",
        "Escriba, por ejemplo, 2024-06-10T12:00:00-06:00.",
    ),
    ("number-out-of-range", "El número está fuera de lo posible.", "Corrija el número."),
    ("value-too-long", "El valor es demasiado largo.", "Acórtelo o preséntelo como anexo."),
    ("value-unknown", "El valor no está en la lista.", "Use uno de los valores de la lista."),
    (
        "bidi-control",
        "Hay un carácter invisible que cambia la dirección de la escritura.",
        "Escriba el valor de nuevo a mano.",
    ),
    ("language-unknown", "No es una lengua de este texto.", "Use etiquetas como es, en o ar."),
];

/// The problems, each in Spanish too.
pub(crate) fn beside(mut problems: Vec<Problem>) -> Vec<Problem> {
    for problem in &mut problems {
        let known = WORDINGS.iter().find(|(code, ..)| *code == problem.code);
        let (what, remedy) = known
            .map_or(("Hay un problema en este lugar.", "Corrija el valor."), |(_, w, r)| (*w, *r));
        let path = problem.place.as_ref().map(|place| place.path.as_str()).unwrap_or_default();
        let what =
            if path.is_empty() { what.to_owned() } else { format!("{}: {what}", shown(path)) };
        add(&mut problem.what, &what);
        if problem.remedy.is_some() {
            let list = listed(problem.remedy.as_ref());
            let remedy = list.map_or(remedy.to_owned(), |list| format!("Use uno de: {list}"));
            add(&mut problem.remedy, &remedy);
        }
    }
    problems
}

/// The values to choose from, of a remedy that lists them.
fn listed(remedy: Option<&Text>) -> Option<String> {
    let english = remedy?.renderings.iter().find(|one| one.language == "en")?;
    english.text.strip_prefix("Use one of: ").map(str::to_owned)
}

fn add(rendered: &mut Option<Text>, spanish: &str) {
    let renderings = rendered.iter().flat_map(|text| &text.renderings);
    let mut pairs: Vec<(String, String)> =
        renderings.map(|one| (one.language.clone(), one.text.clone())).collect();
    if pairs.iter().any(|(language, _)| language == SPANISH) {
        return;
    }
    pairs.push((SPANISH.to_owned(), spanish.to_owned()));
    let borrowed: Vec<(&str, &str)> =
        pairs.iter().map(|(language, text)| (language.as_str(), text.as_str())).collect();
    *rendered = text(&borrowed);
}
