//! A sentence for each mark.

use super::Four;
use crate::finding::Mark;

/// What a mark means.
pub(super) fn wording(mark: Mark) -> Four {
    match mark {
        Mark::Program | Mark::Bomb | Mark::Macros | Mark::Scripts | Mark::Launch => danger(mark),
        Mark::Embedded | Mark::PathsLeave => danger(mark),
        Mark::TooLarge | Mark::Sealed | Mark::NotInTime | Mark::LookerEnded | Mark::NoLooker => {
            unseen(mark)
        }
        Mark::PasswordNeeded
        | Mark::EncryptionUnknown
        | Mark::Restricted
        | Mark::PartsEncrypted => closed(mark),
        Mark::ScanOnly | Mark::ScanPartly | Mark::Blank | Mark::OldEncoding => legibility(mark),
        _ => damage(mark),
    }
}

/// How a document is broken.
fn damage(mark: Mark) -> Four {
    match mark {
        Mark::Empty => [
            "لا شيء فيه، أو أصفار فقط",
            "هیچی تێدا نییە، یان تەنها سفر",
            "holds nothing, or zero bytes only",
            "no contiene nada, o solo ceros",
        ],
        Mark::Truncated => [
            "مبتور: نهايته ناقصة",
            "بڕاوە: کۆتاییەکەی نییە",
            "is cut off: its end is missing",
            "está cortado: falta el final",
        ],
        Mark::Unreadable => [
            "تالف ولا يمكن قراءته",
            "تێکچووە و ناخوێنرێتەوە",
            "is damaged and cannot be read",
            "está dañado y no se puede leer",
        ],
        Mark::Repaired => [
            "تالف جزئياً: لا تعرضه إلا البرامج التي تصلحه",
            "بەشێکی تێکچووە: تەنها بەرنامەی چاککەرەوە پیشانی دەدات",
            "is damaged: only readers that repair it can show it",
            "está dañado: solo lo muestran los lectores que lo reparan",
        ],
        Mark::PagesMissing => [
            "عدد الصفحات فيه غير ما يذكره",
            "ژمارەی لاپەڕەکانی جیایە لەوەی دەیڵێت",
            "has another number of pages than it says",
            "tiene otro número de páginas que el que dice",
        ],
        Mark::NoPages => ["بلا صفحات", "بێ لاپەڕەیە", "has no pages", "no tiene páginas"],
        _ => [
            "قبله أو بعده بيانات ليست منه",
            "داتای بێگانە لەپێش یان لەدوای هەیە",
            "bytes that do not belong to it stand before or behind it",
            "lleva delante o detrás bytes que no son suyos",
        ],
    }
}

/// What cannot be opened, or not wholly.
fn closed(mark: Mark) -> Four {
    match mark {
        Mark::PasswordNeeded => [
            "مشفر: لا يفتح دون كلمة مرور",
            "شفرەکراوە: بێ وشەی نهێنی ناکرێتەوە",
            "is encrypted: it does not open without a password",
            "está cifrado: no se abre sin contraseña",
        ],
        Mark::EncryptionUnknown => [
            "مشفر بطريقة غير معروفة هنا",
            "بە شێوازێکی نەناسراو شفرەکراوە",
            "is encrypted in a way that is not known here",
            "está cifrado de un modo que aquí no se conoce",
        ],
        Mark::Restricted => [
            "يفتح دون كلمة مرور، ويطلب ألا يُطبع أو يُنسخ أو يُغيَّر",
            "بێ وشەی نهێنی دەکرێتەوە، و داوا دەکات چاپ و کۆپی و گۆڕین نەکرێت",
            "opens without a password, and asks not to be printed, copied or changed",
            "se abre sin contraseña, y pide no ser impreso, copiado ni cambiado",
        ],
        _ => [
            "في الأرشيف أجزاء مشفرة",
            "لە ئەرشیفەکەدا بەشی شفرەکراو هەیە",
            "parts of the archive are encrypted",
            "partes del archivo comprimido están cifradas",
        ],
    }
}

/// How well a document can be read.
fn legibility(mark: Mark) -> Four {
    match mark {
        Mark::ScanOnly => [
            "صور ممسوحة بلا نص: لا يمكن البحث فيها",
            "وێنەی سکانکراوە بێ دەق: گەڕانی تێدا ناکرێت",
            "is a scan without text: it cannot be searched",
            "es un escaneo sin texto: no se puede buscar en él",
        ],
        Mark::ScanPartly => [
            "بعض صفحاته صور ممسوحة بلا نص",
            "هەندێک لاپەڕەی وێنەی سکانکراوە بێ دەق",
            "some of its pages are scans without text",
            "algunas de sus páginas son escaneos sin texto",
        ],
        Mark::Blank => [
            "صفحاته بلا نص ولا صور",
            "لاپەڕەکانی نە دەق و نە وێنەیان هەیە",
            "its pages show neither text nor pictures",
            "sus páginas no muestran texto ni imágenes",
        ],
        _ => [
            "نص بترميز قديم قد تخطئ البرامج في قراءته",
            "دەق بە کۆدکردنێکی کۆن، لەوانەیە هەڵە بخوێنرێتەوە",
            "is text in an older encoding, which readers may get wrong",
            "es texto en una codificación antigua, que puede leerse mal",
        ],
    }
}

/// What a document may do to whoever opens it.
fn danger(mark: Mark) -> Four {
    match mark {
        Mark::Program => [
            "فيه برنامج قابل للتشغيل: لا يُفتح",
            "بەرنامەی کارپێکراوی تێدایە: مەیکەرەوە",
            "is or holds a program: do not open it",
            "es o contiene un programa: no lo abra",
        ],
        Mark::Bomb => [
            "يصير هائلاً عند فك ضغطه: لا يُفتح",
            "کاتی کردنەوە زۆر گەورە دەبێت: مەیکەرەوە",
            "becomes enormous when unpacked: do not open it",
            "se vuelve enorme al descomprimirlo: no lo abra",
        ],
        Mark::Macros => ["فيه وحدات ماكرو", "ماکرۆی تێدایە", "has macros", "tiene macros"],
        Mark::Scripts => {
            ["فيه نصوص برمجية", "سکریپتی تێدایە", "has scripts", "tiene secuencias de comandos"]
        }
        Mark::Launch => [
            "يشغّل برنامجاً أو يفتح ملفاً آخر",
            "بەرنامەیەک دەخاتە کار یان فایلێکی تر دەکاتەوە",
            "starts a program, or opens something else",
            "inicia un programa o abre otra cosa",
        ],
        Mark::Embedded => [
            "في داخله مستندات أخرى",
            "بەڵگەنامەی تری لەناودایە",
            "other documents lie within it",
            "contiene otros documentos",
        ],
        _ => [
            "في الأرشيف أسماء تخرج من مجلده",
            "لە ئەرشیفەکەدا ناو هەیە لە بوخچەکەی دەردەچێت",
            "names within the archive lead out of its folder",
            "nombres del archivo comprimido salen de su carpeta",
        ],
    }
}

/// Why nothing, or not all, is known.
fn unseen(mark: Mark) -> Four {
    match mark {
        Mark::TooLarge => [
            "أكبر من أن يُفحص كله: عُرف نوعه من أوله",
            "گەورەیە بۆ پشکنینی تەواو: جۆرەکەی لە سەرەتاکەیەوە زانرا",
            "too large to be looked at as a whole: its kind is known from its beginning",
            "demasiado grande para mirarlo entero: su tipo se sabe por su comienzo",
        ],
        Mark::Sealed => [
            "مختوم لمستلميه: لم يُفحص",
            "بۆ وەرگرانی مۆرکراوە: نەپشکێنراوە",
            "sealed for its recipients: nobody else can look at it",
            "sellado para sus destinatarios: nadie más puede mirarlo",
        ],
        Mark::NotInTime => [
            "لم يُفحص قبل قيد المعاملة",
            "پێش تۆمارکردن نەپشکێنرا",
            "was not looked at before the filing was sealed",
            "no se miró antes de sellar el escrito",
        ],
        Mark::LookerEnded => [
            "تعذر فحصه: استنفد ما يُعطى من وقت أو ذاكرة، أو أوقف الفاحص",
            "نەتوانرا بپشکێنرێت: کات یان بیرگەی تەواو کرد، یان پشکێنەری وەستاند",
            "could not be looked at: it used up the time or memory given, or ended the looker",
            "no se pudo mirar: agotó el tiempo o la memoria, o terminó al examinador",
        ],
        _ => [
            "لم يُفحص: لا فاحص يعمل الآن",
            "نەپشکێنرا: ئێستا پشکێنەر کار ناکات",
            "was not looked at: no looker was running",
            "no se miró: ningún examinador funcionaba",
        ],
    }
}
