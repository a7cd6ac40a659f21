//! What is said about batches, in four languages: whoever made the list has to be able to mend it.

use super::Lang;
use crate::batch::columns::Column;
use crate::batch::report::Fate;

/// English, Arabic, Sorani, Spanish.
type Four = [&'static str; 4];

/// A sentence or heading about a batch. `{}` stands for a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BatchMsg {
    /// All lines; how many have a receipt, were refused, wait, are not begun.
    Summary,
    /// How many were done before the batch.
    Before,
    /// What to do about lines that wait.
    RunAgain,
    /// Heading: the line of the list.
    HeadLine,
    /// Heading: the document or number.
    HeadShown,
    /// Heading: what became of it.
    HeadOutcome,
    /// Heading: why.
    HeadWhy,
    /// Heading: what is wrong.
    HeadWrong,
    /// Nothing is wrong: how many lines.
    AllGood,
    /// How many things are wrong, and that nothing was filed.
    NotGood,
    /// The dry run found all acceptable; it is no transaction.
    CheckedBefore,
    /// So many documents were too large to be asked about.
    Unasked,
    /// The report was written there.
    Written,
}

impl BatchMsg {
    /// The message with its values filled in.
    pub(crate) fn fill(self, lang: Lang, values: &[&str]) -> String {
        let wording: Four = match self {
            Self::Summary => [
                "Lines: {}. Stamped {}, refused {}, waiting {}, not begun {}.",
                "الأسطر: {}. خُتم {}، ورُفض {}، وبالانتظار {}، ولم يبدأ {}.",
                "هێڵەکان: {}. مۆرکراو {}، ڕەتکراوە {}، چاوەڕوان {}، دەستپێنەکراو {}.",
                "Líneas: {}. Selladas {}, rechazadas {}, en espera {}, sin empezar {}.",
            ],
            Self::Before => [
                "Done before this batch: {}.",
                "أُنجز قبل هذه الدفعة: {}.",
                "پێش ئەم کۆمەڵەیە کراوە: {}.",
                "Hechas antes de este lote: {}.",
            ],
            Self::RunAgain => [
                "Run the same command again: it goes on where it stopped, and files nothing twice.",
                "أعد الأمر نفسه: يستأنف من حيث توقف ولا يقدم شيئاً مرتين.",
                "هەمان فەرمان دووبارە بکەوە: لەو شوێنەوە بەردەوام دەبێت و هیچ شتێک دوو جار ناکات.",
                "Repita la misma orden: sigue donde se detuvo y no presenta nada dos veces.",
            ],
            Self::HeadLine => ["line", "السطر", "هێڵ", "línea"],
            Self::HeadShown => ["document", "الوثيقة", "بەڵگەنامە", "documento"],
            Self::HeadOutcome => ["outcome", "النتيجة", "ئەنجام", "resultado"],
            Self::HeadWhy => ["why", "السبب", "هۆکار", "motivo"],
            Self::HeadWrong => ["what is wrong", "ما الخلل", "هەڵەکە چییە", "qué está mal"],
            Self::AllGood => [
                "Nothing is wrong with these lines: {}.",
                "لا خلل في هذه الأسطر: {}.",
                "هیچ هەڵەیەک لەم هێڵانەدا نییە: {}.",
                "No hay nada mal en estas líneas: {}.",
            ],
            Self::NotGood => [
                "Problems: {}. Nothing was signed or filed by this run.",
                "المشكلات: {}. لم يُوقَّع شيء ولم يُقدَّم في هذا التشغيل.",
                "کێشەکان: {}. لەم جارەدا هیچ شتێک واژۆ نەکرا و پێشکەش نەکرا.",
                "Problemas: {}. En esta ejecución no se firmó ni presentó nada.",
            ],
            Self::CheckedBefore => [
                "The hub would accept each of these {} lines now. That is a check beforehand and \
                 no transaction: each line is still filed by itself, and may still be refused.",
                "المحور سيقبل الآن كل سطر من هذه الأسطر: {}. هذا تدقيق مسبق وليس معاملة واحدة: \
                 كل سطر يُقدَّم منفرداً وقد يُرفض.",
                "ناوەندەکە ئێستا هەریەک لەم {} هێڵە وەردەگرێت. ئەمە پشکنینێکی پێشوەختەیە و یەک \
                 مامەڵە نییە: هەر هێڵێک بە تەنیا پێشکەش دەکرێت و لەوانەیە \
                 ڕەت بکرێتەوە.",
                "El centro aceptaría ahora cada una de estas {} líneas. Es una comprobación previa \
                 y no una transacción: cada línea se presenta por separado y puede ser rechazada.",
            ],
            Self::Unasked => [
                "Too large for the dry run, filed without it: {}.",
                "أكبر من أن تُدقق مسبقاً، وتُقدَّم بلا تدقيق: {}.",
                "گەورەترە لەوەی پێشوەختە بپشکنرێت: {}.",
                "Demasiado grandes para la comprobación previa: {}.",
            ],
            Self::Written => [
                "Report written to {}.",
                "كُتب التقرير في {}.",
                "ڕاپۆرت لە {} نووسرا.",
                "Informe escrito en {}.",
            ],
        };
        lang.fill_four(wording, values)
    }
}

/// What became of a line.
pub(crate) fn outcome(lang: Lang, fate: Fate) -> String {
    let wording: Four = match fate {
        Fate::Stamped => ["stamped", "خُتم", "مۆرکرا", "sellada"],
        Fate::Before => ["done before", "أُنجز سابقاً", "پێشتر کراوە", "hecha antes"],
        Fate::Refused => ["refused", "رُفض", "ڕەتکرایەوە", "rechazada"],
        Fate::Waiting => ["waiting", "بالانتظار", "چاوەڕوانە", "en espera"],
        Fate::NotBegun => ["not begun", "لم يبدأ", "دەستی پێنەکردووە", "sin empezar"],
    };
    lang.fill_four(wording, &[])
}

/// What is wrong with a line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// A heading that means nothing here.
    UnknownColumn(String),
    /// Two headings of one meaning.
    ColumnTwice(String),
    /// More cells than headings.
    TooManyCells(usize, usize),
    /// The list has no lines.
    NoLines,
    /// The list has more lines than this.
    TooManyLines(usize),
    /// Nothing stands in a column.
    Empty(Column),
    /// What stands in a column cannot be read.
    Unreadable(Column, String),
    /// Two columns that exclude each other.
    DocumentAndContent,
    /// There is no such document.
    Missing(String),
    /// It is empty, or a folder.
    NotADocument(String),
    /// Another line says exactly the same, or names the same position.
    SameAs(String),
    /// It says something else than when it was signed.
    Changed,
    /// The inbox has nothing at this position.
    NotInInbox(u64),
    /// It is registered under another number already.
    RegisteredAs(String),
    /// The hub would refuse it: place and words of one problem.
    Found(String, String),
}

impl Wrong {
    /// Its name for scripts.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::UnknownColumn(_) => "unknown-column",
            Self::ColumnTwice(_) => "column-twice",
            Self::TooManyCells(..) => "too-many-cells",
            Self::NoLines => "no-lines",
            Self::TooManyLines(_) => "too-many-lines",
            Self::Empty(_) => "empty",
            Self::Unreadable(..) => "unreadable",
            Self::DocumentAndContent => "document-and-content",
            Self::Missing(_) => "missing",
            Self::NotADocument(_) => "not-a-document",
            Self::SameAs(_) => "same-as",
            Self::Changed => "changed",
            Self::NotInInbox(_) => "not-in-inbox",
            Self::RegisteredAs(_) => "registered-as",
            Self::Found(..) => "found",
        }
    }

    /// The sentence.
    pub(crate) fn say(&self, lang: Lang) -> String {
        let (wording, values) = self.wording();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        lang.fill_four(wording, &values)
    }

    fn wording(&self) -> (Four, Vec<String>) {
        match self {
            Self::Missing(_) | Self::NotADocument(_) | Self::NotInInbox(_) | Self::Found(..) => {
                self.about_documents()
            }
            Self::NoLines | Self::TooManyLines(_) => self.about_extent(),
            Self::SameAs(_) | Self::Changed | Self::RegisteredAs(_) | Self::DocumentAndContent => {
                self.about_lines()
            }
            Self::UnknownColumn(name) => (
                [
                    "no column is called {}",
                    "لا عمود باسم {}",
                    "هیچ ستوونێک بە ناوی {} نییە",
                    "ninguna columna se llama {}",
                ],
                vec![name.clone()],
            ),
            Self::ColumnTwice(name) => (
                [
                    "the column {} is there twice",
                    "العمود {} مكرر",
                    "ستوونی {} دوو جار هەیە",
                    "la columna {} está dos veces",
                ],
                vec![name.clone()],
            ),
            Self::TooManyCells(cells, columns) => (
                [
                    "{} cells under {} headings",
                    "خلايا: {}، والعناوين: {}",
                    "{} خانە لە ژێر {} سەردێڕدا",
                    "{} celdas bajo {} encabezados",
                ],
                vec![cells.to_string(), columns.to_string()],
            ),
            Self::Empty(column) => (
                [
                    "the column {} is empty",
                    "العمود {} فارغ",
                    "ستوونی {} بەتاڵە",
                    "la columna {} está vacía",
                ],
                vec![column.name().to_owned()],
            ),
            Self::Unreadable(column, text) => (
                [
                    "the column {} cannot be read: {}",
                    "تعذرت قراءة العمود {}: {}",
                    "ستوونی {} ناخوێنرێتەوە: {}",
                    "no se puede leer la columna {}: {}",
                ],
                vec![column.name().to_owned(), text.clone()],
            ),
        }
    }

    fn about_extent(&self) -> (Four, Vec<String>) {
        match self {
            Self::NoLines => (
                [
                    "the list has no lines",
                    "القائمة بلا أسطر",
                    "لیستەکە هیچ هێڵێکی نییە",
                    "la lista no tiene líneas",
                ],
                Vec::new(),
            ),
            Self::TooManyLines(most) => (
                [
                    "a list has at most {} lines: part it",
                    "حد القائمة {} سطر: جزّئها",
                    "لیست ئەوپەڕی {} هێڵی هەیە: دابەشی بکە",
                    "una lista tiene como máximo {} líneas: divídala",
                ],
                vec![most.to_string()],
            ),
            _ => (["", "", "", ""], Vec::new()),
        }
    }

    fn about_documents(&self) -> (Four, Vec<String>) {
        match self {
            Self::Missing(path) => (
                [
                    "there is no document {}",
                    "لا توجد وثيقة {}",
                    "بەڵگەنامەی {} نییە",
                    "no existe el documento {}",
                ],
                vec![path.clone()],
            ),
            Self::NotADocument(path) => (
                [
                    "{} is empty or no document",
                    "{} فارغة أو ليست وثيقة",
                    "{} بەتاڵە یان بەڵگەنامە نییە",
                    "{} está vacío o no es un documento",
                ],
                vec![path.clone()],
            ),
            Self::NotInInbox(position) => (
                [
                    "the inbox has nothing at position {}",
                    "لا شيء في الوارد عند الموضع {}",
                    "لە شوێنی {}ی نامەهاتوودا هیچ نییە",
                    "la bandeja no tiene nada en la posición {}",
                ],
                vec![position.to_string()],
            ),
            Self::Found(place, what) => {
                (["{} {}", "{} {}", "{} {}", "{} {}"], vec![place.clone(), what.clone()])
            }
            _ => (["", "", "", ""], Vec::new()),
        }
    }

    fn about_lines(&self) -> (Four, Vec<String>) {
        match self {
            Self::SameAs(line) => (
                [
                    "it says the same as line {}",
                    "مطابق للسطر {}",
                    "هەمان شتە وەک هێڵی {}",
                    "dice lo mismo que la línea {}",
                ],
                vec![line.clone()],
            ),
            Self::Changed => (
                [
                    "it says something else than when it was signed: put back what it said, or \
                     use a new list",
                    "تغير عما كان عند توقيعه: أعده كما كان أو استعمل قائمة جديدة",
                    "لەو کاتەوە گۆڕاوە کە واژۆ کرا: وەک خۆی لێ بکەوە یان لیستێکی نوێ بەکار بهێنە",
                    "cambió desde que se firmó: restáurela o use una lista nueva",
                ],
                Vec::new(),
            ),
            Self::RegisteredAs(number) => (
                [
                    "it is registered as {} already",
                    "مسجل سابقاً برقم {}",
                    "پێشتر بە ژمارەی {} تۆمار کراوە",
                    "ya está registrada como {}",
                ],
                vec![number.clone()],
            ),
            Self::DocumentAndContent => (
                [
                    "it has a document and ready-made content: one of them",
                    "فيه وثيقة ومحتوى جاهز معاً: أبق أحدهما",
                    "بەڵگەنامە و ناوەڕۆکی ئامادە هەردووکی هەیە: تەنها یەکێکیان",
                    "tiene documento y contenido: solo uno de ellos",
                ],
                Vec::new(),
            ),
            _ => (["", "", "", ""], Vec::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_said_in_four_languages_with_the_same_values() {
        let text = || "x".to_owned();
        let all = [
            Wrong::UnknownColumn(text()),
            Wrong::ColumnTwice(text()),
            Wrong::TooManyCells(2, 1),
            Wrong::NoLines,
            Wrong::TooManyLines(5),
            Wrong::Empty(Column::To),
            Wrong::Unreadable(Column::To, text()),
            Wrong::DocumentAndContent,
            Wrong::Missing(text()),
            Wrong::NotADocument(text()),
            Wrong::SameAs(text()),
            Wrong::Changed,
            Wrong::NotInInbox(3),
            Wrong::RegisteredAs(text()),
            Wrong::Found(text(), text()),
        ];
        for wrong in all {
            let (wording, values) = wrong.wording();
            for said in wording {
                assert!(!said.is_empty(), "{wrong:?}");
                assert_eq!(said.matches("{}").count(), values.len(), "{wrong:?}: {said}");
            }
        }
    }
}
