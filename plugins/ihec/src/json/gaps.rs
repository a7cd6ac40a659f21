//! What Form 110 asks for and a complaint lacks. Each gap is a warning: the form is assessed, and
//! the Council decides what follows.

use barid_json_reading::Fields;
use barid_proto::v1::{Capacity, ComplaintRegistered, Person, Sex, VotingStream};

use super::said::Said;
use crate::names::{self, NAME_PARTS};

/// Warns about what the form itself lacks.
pub(super) fn of_form(fields: &mut Fields<'_, '_>, complaint: &ComplaintRegistered) {
    let place = complaint.place.as_ref();
    let nowhere = place.is_none_or(|place| place.centre.is_empty() || place.stations.is_empty());
    warn_of(
        fields,
        &[
            ("form_serial", complaint.form_serial.is_empty(), &SERIAL),
            ("stream", complaint.stream() == VotingStream::Unspecified, &STREAM),
            ("place", nowhere, &PLACE),
            ("incident_at", complaint.incident_at_unix_ms == 0, &INCIDENT_TIME),
            ("relief", complaint.relief.is_none(), &RELIEF),
            ("witnessed", !complaint.witnessed, &WITNESSED),
            ("signed", !complaint.signed, &SIGNED),
            ("endorsement", complaint.endorsement.is_none(), &ENDORSEMENT),
        ],
    );
}

/// Warns about what the complainant has not given.
pub(super) fn of_complainant(fields: &mut Fields<'_, '_>, person: &Person) {
    let parts = names::parts(&person.full_name);
    let is_entity = person.capacity() == Capacity::PoliticalEntity;
    let short = !is_entity && (1..NAME_PARTS).contains(&parts);
    let long = !is_entity && parts > NAME_PARTS;
    let is_agent = person.capacity() == Capacity::PartyAgent;
    warn_of(
        fields,
        &[
            ("full_name", short, &NAME_SHORT),
            ("full_name", long, &NAME_LONG),
            ("sex", person.sex() == Sex::Unspecified, &SEX),
            ("capacity", person.capacity() == Capacity::Unspecified, &CAPACITY),
            ("accreditation_number", is_agent && person.accreditation_number.is_empty(), &BADGE),
            ("postal_address", person.postal_address.is_empty(), &ADDRESS),
            ("telephone", person.telephone.is_empty(), &TELEPHONE),
        ],
    );
}

fn warn_of(fields: &mut Fields<'_, '_>, gaps: &[(&str, bool, &Said)]) {
    for (name, _, said) in gaps.iter().filter(|(_, missing, _)| *missing) {
        // What was written and not understood is told already.
        if !fields.is_refused(name) {
            said.warn(fields, name);
        }
    }
}

const ASK: [(&str, &str); 3] = [
    ("ar", "اطلبها من المشتكي أو أثبت غيابها."),
    ("ckb", "لە سکاڵاکار داوای بکە، یان نەبوونی تۆمار بکە."),
    ("en", "Ask the complainant, or note its absence."),
];

const SERIAL: Said = Said {
    code: "form-serial-missing",
    what: [
        ("ar", "لا رقم تسلسلي للاستمارة."),
        ("ckb", "فۆرمەکە ژمارەی زنجیرەیی نییە."),
        ("en", "The form has no serial number."),
    ],
    remedy: [
        ("ar", "انقل الرقم المطبوع على الاستمارة."),
        ("ckb", "ئەو ژمارەیەی لەسەر فۆرمەکە چاپ کراوە بگوازەوە."),
        ("en", "Copy the number printed on the form."),
    ],
};

const STREAM: Said = Said {
    code: "stream-missing",
    what: [
        ("ar", "لم يُذكر نوع الاقتراع: عام أم خاص."),
        ("ckb", "جۆری دەنگدان نەنووسراوە: گشتی یان تایبەت."),
        ("en", "The form does not say in which stream of voting: general, special, …"),
    ],
    remedy: ASK,
};

const PLACE: Said = Said {
    code: "place-incomplete",
    what: [
        ("ar", "المركز أو المحطة غير محددين."),
        ("ckb", "بنکەی دەنگدان یان وێستگە دیاری نەکراوە."),
        ("en", "The polling centre or the station is not specified."),
    ],
    remedy: ASK,
};

const INCIDENT_TIME: Said = Said {
    code: "incident-time-missing",
    what: [
        ("ar", "لم يُذكر وقت الواقعة."),
        ("ckb", "کاتی ڕووداوەکە نەنووسراوە."),
        ("en", "The form does not say when it happened."),
    ],
    remedy: ASK,
};

const RELIEF: Said = Said {
    code: "relief-missing",
    what: [
        ("ar", "لم يُذكر الطلب."),
        ("ckb", "داواکارییەکە نەنووسراوە."),
        ("en", "The form does not say what is asked for."),
    ],
    remedy: ASK,
};

const WITNESSED: Said = Said {
    code: "not-witnessed",
    what: [
        ("ar", "المشتكي لا يقول إنه شاهد الواقعة."),
        ("ckb", "سکاڵاکار ناڵێت ڕووداوەکەی بینیوە."),
        ("en", "The complainant does not say to have witnessed the incident."),
    ],
    remedy: ASK,
};

const SIGNED: Said = Said {
    code: "unsigned",
    what: [
        ("ar", "الاستمارة غير موقعة."),
        ("ckb", "فۆرمەکە واژوو نەکراوە."),
        ("en", "The form is not signed."),
    ],
    remedy: [
        ("ar", "اطلب توقيع المشتكي؛ والتقدير للمجلس."),
        ("ckb", "داوای واژووی سکاڵاکار بکە؛ بڕیار بۆ ئەنجوومەنە."),
        ("en", "Ask the complainant to sign; the Council decides what follows."),
    ],
};

const ENDORSEMENT: Said = Said {
    code: "endorsement-missing",
    what: [
        ("ar", "لا تأييد من مدير المحطة أو منسق المركز."),
        ("ckb", "پشتڕاستکردنەوەی بەڕێوەبەری وێستگە یان هاوئاهەنگی بنکە نییە."),
        ("en", "The form has no endorsement of the station manager or centre coordinator."),
    ],
    remedy: [
        ("ar", "أضف التأييد إن وُجد؛ والتقدير للمجلس."),
        ("ckb", "ئەگەر هەیە پشتڕاستکردنەوەکە زیاد بکە؛ بڕیار بۆ ئەنجوومەنە."),
        ("en", "Add the endorsement if there is one; the Council decides what follows."),
    ],
};

const NAME_SHORT: Said = Said {
    code: "name-not-four-part",
    what: [
        ("ar", "الاسم ليس رباعياً."),
        ("ckb", "ناوەکە چواری نییە."),
        ("en", "The name has fewer than four parts."),
    ],
    remedy: ASK,
};

const NAME_LONG: Said = Said {
    code: "name-more-than-four-parts",
    what: [
        ("ar", "في الاسم أكثر من أربعة أجزاء؛ حُفظ كما هو."),
        ("ckb", "ناوەکە لە چوار بەش زیاترە؛ وەک خۆی هێڵراوەتەوە."),
        ("en", "The name has more than four parts; it is kept as it is."),
    ],
    remedy: [
        ("ar", "تحقق: لعل فيه صفة أو اسم شخص آخر."),
        ("ckb", "بپشکنە: لەوانەیە نازناوێک یان ناوی کەسێکی تری تێدا بێت."),
        ("en", "Check: it may hold a title or another person's name."),
    ],
};

const SEX: Said = Said {
    code: "sex-missing",
    what: [
        ("ar", "لم يُسجل الجنس."),
        ("ckb", "ڕەگەز تۆمار نەکراوە."),
        ("en", "Sex is not recorded; it cannot be repaired later for the statistics."),
    ],
    remedy: ASK,
};

const CAPACITY: Said = Said {
    code: "capacity-missing",
    what: [
        ("ar", "لم تُذكر صفة المشتكي."),
        ("ckb", "سیفەتی سکاڵاکار نەنووسراوە."),
        ("en", "The form does not say in which capacity the complainant acts."),
    ],
    remedy: ASK,
};

const BADGE: Said = Said {
    code: "accreditation-missing",
    what: [
        ("ar", "وكيل بلا رقم اعتماد."),
        ("ckb", "بریکارێک بەبێ ژمارەی باوەڕپێدان."),
        ("en", "An agent without accreditation number."),
    ],
    remedy: ASK,
};

const ADDRESS: Said = Said {
    code: "address-missing",
    what: [
        ("ar", "لا عنوان للمشتكي."),
        ("ckb", "ناونیشانی سکاڵاکار نییە."),
        ("en", "The complainant's address is missing."),
    ],
    remedy: ASK,
};

const TELEPHONE: Said = Said {
    code: "telephone-missing",
    what: [
        ("ar", "لا هاتف للمشتكي."),
        ("ckb", "تەلەفۆنی سکاڵاکار نییە."),
        ("en", "The complainant's telephone number is missing."),
    ],
    remedy: ASK,
};
