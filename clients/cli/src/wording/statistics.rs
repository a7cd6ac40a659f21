//! What is said about figures, in English, Arabic, Sorani and Spanish: those whom a figure concerns
//! have to be able to read what it counts.

use super::Lang;

/// English, Arabic, Sorani, Spanish.
pub(crate) type Four = [&'static str; 4];

/// A wording in a language.
pub(crate) fn pick(lang: Lang, [english, arabic, sorani, spanish]: Four) -> &'static str {
    match lang {
        Lang::En => english,
        Lang::Ar => arabic,
        Lang::Ckb => sorani,
        Lang::Es => spanish,
    }
}

/// A sentence or heading about figures. `{}` stands for a value, in the same order in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatMsg {
    /// Title: the election.
    Title,
    /// Cases, matters, leaves, instant.
    AsOf,
    /// Whose view it is.
    View,
    /// The class of data, where it is not live.
    Class,
    /// The rule sets.
    Rules,
    /// Cases under no rule set that is known.
    WithoutRules,
    /// Heading: figure.
    HeadFigure,
    /// Heading: class.
    HeadClass,
    /// Heading: number.
    HeadCount,
    /// Median and 90th percentile.
    Quantiles,
    /// Stamps that contradict each other.
    Unclear,
    /// So few that it is not told.
    Withheld,
    /// How many figures are withheld below which number.
    WithheldMany,
    /// Days, hours and minutes.
    Duration,
    /// The cases behind a figure.
    Behind,
    /// No such figure.
    NoFigure,
    /// There are cases of several classes of data.
    SeveralClasses,
    /// A folder was written.
    Written,
    /// The folder is not empty.
    FolderUsed,
    /// How the quantiles are defined.
    Definition,
    /// Signature and digests hold.
    Holds,
    /// Something is wrong: what, where.
    Broken,
    /// Whose the key is, and which authority says so.
    SignedBy,
    /// It was not asked whose the key is.
    KeyOpen,
    /// Computed again: the same.
    Same,
    /// Computed again: other bytes.
    Differs,
    /// It was made by another version of the program.
    OtherVersion,
    /// How open data were made: cases, rulings with text, rulings without.
    OpenWritten,
    /// What a reader can do to check.
    HowToCheck,
}

impl StatMsg {
    /// The message with its values filled in.
    pub(crate) fn fill(self, lang: Lang, values: &[&str]) -> String {
        let mut values = values.iter();
        let mut said = String::new();
        for (position, part) in pick(lang, self.wording()).split("{}").enumerate() {
            if position > 0 {
                said.push_str(&lang.isolate(values.next().copied().unwrap_or_default()));
            }
            said.push_str(part);
        }
        said
    }

    fn wording(self) -> Four {
        let found = WORDINGS.iter().find(|(message, _)| *message == self);
        found.map_or([""; 4], |(_, wording)| *wording)
    }
}

/// Each with its wording.
const WORDINGS: [(StatMsg, Four); 29] = [
    (
        StatMsg::Title,
        [
            "Disputes of the election {}",
            "منازعات الانتخاب {}",
            "ناکۆکییەکانی هەڵبژاردنی {}",
            "Controversias de la elección {}",
        ],
    ),
    (
        StatMsg::AsOf,
        [
            "{} cases, {} matters; as of {} leaves of the log, {}",
            "القضايا {}، المسائل {}؛ حتى {} قيداً في السجل، {}",
            "{} دۆسیە، {} کێشە؛ تا {} تۆماری لۆگ، {}",
            "{} expedientes, {} asuntos; hasta {} asientos del registro, {}",
        ],
    ),
    (
        StatMsg::View,
        [
            "As {} may read it",
            "بحسب ما يحق لـ {} الاطلاع عليه",
            "بەپێی ئەوەی {} دەتوانێت بیخوێنێتەوە",
            "Según lo que puede leer {}",
        ],
    ),
    (
        StatMsg::Class,
        [
            "Not real disputes: {} data",
            "ليست منازعات فعلية: بيانات {}",
            "ناکۆکیی ڕاستەقینە نین: داتای {}",
            "No son controversias reales: datos {}",
        ],
    ),
    (StatMsg::Rules, ["Rule sets: {}", "مجموعات القواعد: {}", "کۆمەڵە یاساکان: {}", "Normas: {}"]),
    (
        StatMsg::WithoutRules,
        [
            "{} cases are under no rule set that is known here; their steps are not told apart",
            "{} قضايا بلا مجموعة قواعد معروفة هنا؛ ولم تُفصَّل خطواتها",
            "{} دۆسیە لەژێر هیچ کۆمەڵە یاسایەکی ناسراودا نین؛ هەنگاوەکانیان جیا نەکراونەتەوە",
            "{} expedientes sin norma conocida aquí; sus pasos no se distinguen",
        ],
    ),
    (StatMsg::HeadFigure, ["figure", "المؤشر", "ژمارە", "cifra"]),
    (StatMsg::HeadClass, ["class", "الصنف", "جۆر", "clase"]),
    (StatMsg::HeadCount, ["number", "العدد", "ژمارە", "número"]),
    (
        StatMsg::Quantiles,
        [
            "median {}, 90th percentile {}",
            "الوسيط {}، والمئين التسعون {}",
            "ناوەند {}، سەدەکی نەوەدەم {}",
            "mediana {}, percentil 90 {}",
        ],
    ),
    (
        StatMsg::Unclear,
        [
            "stamps contradict each other",
            "أختام متعارضة",
            "مۆرەکان دژی یەکن",
            "sellos contradictorios",
        ],
    ),
    (
        StatMsg::Withheld,
        ["withheld: too few", "محجوب: العدد قليل", "شاردراوە: زۆر کەمە", "reservado: muy pocos"],
    ),
    (
        StatMsg::WithheldMany,
        [
            "Figures about persons are withheld where fewer than {} are concerned, and where \
                 they would follow from others: {} figures in whole or in part",
            "تُحجب الأرقام المتعلقة بالأشخاص إذا قل المعنيون عن {} أو أمكن استنتاجها: \
                 {} رقماً كلاً أو جزءاً",
            "ژمارەکانی تایبەت بە کەسان دەشاردرێنەوە ئەگەر کەمتر لە {} کەس بن یان لە ژمارەی تر \
                 دەربکەون: {} ژمارە، هەموو یان بەشێک",
            "Las cifras sobre personas se reservan si conciernen a menos de {} o se deducen de \
                 otras: {} cifras, en todo o en parte",
        ],
    ),
    (
        StatMsg::Duration,
        [
            "{} d {} h {} min",
            "{} يوم {} ساعة {} دقيقة",
            "{} ڕۆژ {} کاتژمێر {} خولەک",
            "{} d {} h {} min",
        ],
    ),
    (
        StatMsg::Behind,
        [
            "{}: {} cases behind it",
            "{}: خلفه {} قضايا",
            "{}: {} دۆسیە لە پشتیەوە",
            "{}: {} expedientes detrás",
        ],
    ),
    (
        StatMsg::NoFigure,
        [
            "there is no figure {}; figures are named like outcome/appeal, \
                 outcome/appeal@office=OFFICE or outcome/appeal:pending",
            "لا يوجد رقم باسم {}؛ الأسماء مثل outcome/appeal أو outcome/appeal:pending",
            "هیچ ژمارەیەک بە ناوی {} نییە؛ وەک outcome/appeal یان outcome/appeal:pending",
            "no hay una cifra {}; se llaman como outcome/appeal u outcome/appeal:pending",
        ],
    ),
    (
        StatMsg::SeveralClasses,
        [
            "The election has cases of several classes of data ({}); say which with --class",
            "في هذا الانتخاب قضايا من أصناف عدة ({})؛ حدّد أيّها بالخيار --class",
            "ئەم هەڵبژاردنە دۆسیەی چەند جۆرێکی هەیە ({})؛ بە --class دیاری بکە",
            "La elección tiene expedientes de varias clases ({}); indique cuál con --class",
        ],
    ),
    (
        StatMsg::Written,
        [
            "Written to {}: {} files, signed with the key {}",
            "كُتبت في {}: {} ملفات، موقعة بالمفتاح {}",
            "لە {} نووسران: {} پەڕگە، بە کلیلی {} واژۆ کراون",
            "Escrito en {}: {} archivos, firmados con la clave {}",
        ],
    ),
    (
        StatMsg::FolderUsed,
        [
            "{} is not empty: name a new folder",
            "المجلد {} غير فارغ: اذكر مجلداً جديداً",
            "بوخچەی {} بەتاڵ نییە: بوخچەیەکی نوێ ناو ببە",
            "{} no está vacía: indique una carpeta nueva",
        ],
    ),
    (
        StatMsg::Definition,
        [
            "Median and 90th percentile by nearest rank: the smallest observed time that at \
                 least half, or nine tenths, do not exceed. Shares stand as part of whole.",
            "الوسيط والمئين التسعون بأقرب رتبة: أصغر مدة مرصودة لا يتجاوزها النصف أو تسعة \
                 الأعشار على الأقل. والنسب جزء من كل.",
            "ناوەند و سەدەکی نەوەدەم بە نزیکترین پلە: بچووکترین ماوەی بینراو کە لانیکەم نیوە، \
                 یان نۆ دەیەک، لێی تێناپەڕن. ڕێژەکان بەش لە گشتن.",
            "Mediana y percentil 90 por rango más cercano: el menor tiempo observado que al \
                 menos la mitad, o nueve décimos, no superan. Las proporciones: parte de un todo.",
        ],
    ),
    (
        StatMsg::Holds,
        [
            "The signature and all {} digests hold; checkpoint {} of {}",
            "التوقيع وجميع البصمات ({}) سليمة؛ نقطة التدقيق {} من {}",
            "واژۆ و هەموو {} پەنجەمۆرەکە دروستن؛ خاڵی پشکنین {}ی {}",
            "La firma y los {} resúmenes son correctos; punto de control {} de {}",
        ],
    ),
    (StatMsg::Broken, ["Wrong: {}", "خطأ: {}", "هەڵە: {}", "Incorrecto: {}"]),
    (
        StatMsg::SignedBy,
        [
            "Signed by {}; {} stands behind its key",
            "وقّعها {}؛ وتشهد على مفتاحه {}",
            "{} واژۆی کردووە؛ {} لە پشت کلیلەکەیەوەیە",
            "Firmado por {}; {} respalda su clave",
        ],
    ),
    (
        StatMsg::KeyOpen,
        [
            "Whose the key {} is was not asked; --recompute asks the hub and the authorities",
            "لم يُسأل عن صاحب المفتاح {}؛ الخيار ‎--recompute يسأل المركز والسلطات",
            "نەپرسرا کلیلی {} هی کێیە؛ ‎--recompute لە ناوەند و دەسەڵاتەکان دەپرسێت",
            "No se preguntó de quién es la clave {}; --recompute pregunta al centro",
        ],
    ),
    (
        StatMsg::Same,
        [
            "Computed again from the log: the same bytes",
            "أُعيد الحساب من السجل: البايتات نفسها",
            "دووبارە لە لۆگەوە هەژمار کرا: هەمان بایتەکان",
            "Calculado de nuevo desde el registro: los mismos bytes",
        ],
    ),
    (
        StatMsg::Differs,
        [
            "Computed again from the log, {} has other bytes",
            "أُعيد الحساب من السجل، وبايتات {} مختلفة",
            "دووبارە لە لۆگەوە هەژمار کرا، {} بایتی تری هەیە",
            "Calculado de nuevo desde el registro, {} tiene otros bytes",
        ],
    ),
    (
        StatMsg::OtherVersion,
        [
            "It was made by version {} of the program, this is {}: other bytes may mean no more",
            "صُنعت بالإصدار {} من البرنامج، وهذا {}: وقد لا يعني اختلاف البايتات غير ذلك",
            "بە وەشانی {}ی بەرنامە دروست کراوە، ئەمەش {}ە: لەوانەیە جیاوازی هەر ئەوە بێت",
            "Se hizo con la versión {} y esta es {}: otros bytes pueden no significar más",
        ],
    ),
    (
        StatMsg::OpenWritten,
        [
            "{} cases; rulings with text: {}, without: {}",
            "القضايا {}؛ القرارات بنصوصها: {}، وبلا نصوص: {}",
            "{} دۆسیە؛ بڕیار بە دەق: {}، بێ دەق: {}",
            "{} expedientes; resoluciones con texto: {}, sin texto: {}",
        ],
    ),
    (
        StatMsg::HowToCheck,
        [
            "To check: barid statistics verify FOLDER",
            "للتحقق: barid statistics verify FOLDER",
            "بۆ پشکنین: barid statistics verify FOLDER",
            "Para comprobar: barid statistics verify FOLDER",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_has_its_values_in_all_languages() {
        assert_eq!(WORDINGS.len(), StatMsg::HowToCheck as usize + 1, "one is without words");
        for (message, wordings) in WORDINGS {
            assert_eq!(message.wording(), wordings, "{message:?} stands twice");
            let values = wordings[0].matches("{}").count();
            for wording in wordings {
                assert!(!wording.is_empty(), "{message:?}");
                assert_eq!(wording.matches("{}").count(), values, "{message:?}: {wording}");
            }
        }
        let said = StatMsg::Title.fill(Lang::Ckb, &["CoR-2025-6"]);
        assert!(said.contains("CoR-2025-6") && said.contains("هەڵبژاردن"), "{said}");
    }
}
