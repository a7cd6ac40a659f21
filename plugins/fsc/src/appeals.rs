//! How the appeals stand when ratification is asked for: the part of the dossier that says of each
//! appeal whether it is settled, open, or explained by nobody.

use barid_json_reading::{Fields, Need::Optional, Need::Required, letters, terms, words};
use barid_plugin::v1::{AppealsAccount, OutcomeCount};
use barid_plugin::{Place, Problems};

/// Whose register numbers are of that name no owner.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Owners<'o> {
    /// Who asks for ratification.
    pub(crate) asks: &'o str,
    /// Who certifies that no appeal is open.
    pub(crate) certifies: &'o str,
}

/// Reads the account. Owners are put in by [`settle`]: they are known from the rest of the request.
pub(crate) fn read(fields: &mut Fields<'_, '_>) -> AppealsAccount {
    AppealsAccount {
        as_of: fields.date("as_of", Optional),
        received: fields.integer("received", Required),
        referred: fields.integer("referred", Required),
        direct: fields.integer("direct", Required),
        supplements: fields.integer("supplements", Optional),
        docketed: fields.integer("docketed", Required),
        settled: fields.objects("settled", Optional, |count| OutcomeCount {
            outcome: count.choice("outcome", Required, words::OUTCOMES).map_or(0, Into::into),
            count: count.integer("count", Required),
        }),
        open: fields.objects("open", Optional, |number| terms::read_docket_number(number, "")),
        exceptions: fields.objects("exceptions", Optional, letters::read_exception),
    }
}

/// Puts in whose numbers they are where the account does not say.
pub(crate) fn settle(account: &mut AppealsAccount, owners: Owners<'_>) {
    let exceptions = account.exceptions.iter_mut();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for exception in exceptions {
        ours.extend(exception.ours.as_mut());
        theirs.extend(exception.theirs.as_mut());
    }
    theirs.extend(account.open.iter_mut());
    for (numbers, owner) in [(ours, owners.asks), (theirs, owners.certifies)] {
        for number in numbers.into_iter().filter(|number| number.institution.is_empty()) {
            owner.clone_into(&mut number.institution);
        }
    }
}

/// What a clerk of the court would ask about. Nothing of it refuses a dossier: that registers
/// differ is what the account is there to tell.
pub(crate) fn check(account: &AppealsAccount, problems: &mut Problems) {
    let sent = u64::from(account.referred) + u64::from(account.direct);
    let docketed = u64::from(account.docketed);
    if account.referred > account.received {
        say_beyond(problems, account);
    }
    if sent != docketed {
        say_docket_differs(problems, sent, docketed);
    }
    let settled: u64 = account.settled.iter().map(|count| u64::from(count.count)).sum();
    let known = settled + account.open.len() as u64;
    if known != docketed {
        say_unaccounted(problems, known, docketed);
    }
    if !account.open.is_empty() {
        say_open(problems, account.open.len());
    }
    let unexplained = account.exceptions.iter().filter(|one| one.resolution.is_none()).count();
    if unexplained > 0 {
        say_unexplained(problems, unexplained);
    }
}

/// Writes the account.
pub(crate) fn write(account: &AppealsAccount) -> terms::Object {
    let settled: Vec<_> = account.settled.iter().map(write_count).collect();
    let open: Vec<_> = account.open.iter().map(terms::write_docket_number).collect();
    let exceptions: Vec<_> = account.exceptions.iter().map(letters::write_exception).collect();
    terms::Object::new()
        .field("as_of", account.as_of.as_ref().map(terms::write_day))
        .field("received", account.received)
        .field("referred", account.referred)
        .field("direct", account.direct)
        .field("supplements", account.supplements)
        .field("docketed", account.docketed)
        .field("settled", settled)
        .field("open", open)
        .field("exceptions", exceptions)
}

fn write_count(count: &OutcomeCount) -> terms::Object {
    terms::Object::new()
        .field("outcome", words::word_for(words::OUTCOMES, count.outcome()))
        .field("count", count.count)
}

fn say_beyond(problems: &mut Problems, account: &AppealsAccount) {
    let (referred, received) = (account.referred, account.received);
    problems.warning(
        "appeals-referred-beyond",
        Place::path("appeals.referred"),
        &[
            ("ar", &format!("أحيل {referred} طعناً ولم يرد إلا {received}.")),
            ("ckb", &format!("{referred} تانە ڕەوانە کراون، بەڵام تەنیا {received} گەیشتوون.")),
            ("en", &format!("{referred} appeals were referred, but only {received} received.")),
        ],
        &[("ar", "راجع السجل."), ("ckb", "تۆمارەکە بپشکنە."), ("en", "Look into the register.")],
    );
}

fn say_docket_differs(problems: &mut Problems, sent: u64, docketed: u64) {
    let gap = sent.abs_diff(docketed);
    problems.warning(
        "appeals-docket-differs",
        Place::path("appeals.docketed"),
        &[
            ("ar", &format!("المحال والمباشر {sent} والمسجل لدى الهيئة {docketed}: الفرق {gap}.")),
            (
                "ckb",
                &format!(
                    "ڕەوانەکراو و ڕاستەوخۆ {sent}ن و لای دەستەکە {docketed} تۆمارکراون: \
                     جیاوازی {gap}."
                ),
            ),
            (
                "en",
                &format!(
                    "Referred and direct appeals make {sent}, {docketed} were docketed: {gap} \
                     differ."
                ),
            ),
        ],
        &[
            ("ar", "اذكر كل طعن فيه اختلاف في exceptions مع سببه."),
            ("ckb", "هەر تانەیەک کە جیاوازیی تێدایە لە exceptions لەگەڵ هۆکارەکەی بنووسە."),
            ("en", "List each appeal that differs in `exceptions`, with the reason."),
        ],
    );
}

fn say_unaccounted(problems: &mut Problems, known: u64, docketed: u64) {
    problems.warning(
        "appeals-unaccounted",
        Place::path("appeals.settled"),
        &[
            ("ar", &format!("المحسوم والمفتوح {known} والمسجل {docketed}.")),
            ("ckb", &format!("یەکلاکراوە و کراوە {known}ن و تۆمارکراو {docketed}ن.")),
            ("en", &format!("Settled and open appeals make {known}, {docketed} were docketed.")),
        ],
        &[
            ("ar", "اذكر نتيجة كل طعن أو رقمه بين المفتوحة."),
            ("ckb", "ئەنجامی هەر تانەیەک، یان ژمارەکەی لەناو کراوەکاندا بنووسە."),
            ("en", "Give each appeal's outcome, or its number among the open ones."),
        ],
    );
}

fn say_open(problems: &mut Problems, count: usize) {
    problems.warning(
        "appeals-open",
        Place::path("appeals.open"),
        &[
            ("ar", &format!("طلب المصادقة والطعون المفتوحة {count}.")),
            ("ckb", &format!("داوای پەسەندکردن کراوە و {count} تانە هێشتا کراوەن.")),
            ("en", &format!("Ratification is asked for while {count} appeals are open.")),
        ],
        &[
            ("ar", "انتظر حسمها أو بيّن سبب الطلب قبله."),
            ("ckb", "چاوەڕێی یەکلاکردنەوەیان بکە، یان هۆکاری داواکردنی پێشوەختە بنووسە."),
            ("en", "Wait until they are settled, or say why not."),
        ],
    );
}

fn say_unexplained(problems: &mut Problems, count: usize) {
    problems.warning(
        "appeals-unexplained",
        Place::path("appeals.exceptions"),
        &[
            ("ar", &format!("اختلافات بلا تفسير: {count}.")),
            ("ckb", &format!("جیاوازیی بێ ڕوونکردنەوە: {count}.")),
            ("en", &format!("Differences that nobody has explained: {count}.")),
        ],
        &[
            ("ar", "اكتب لكل منها resolution أو من يسويها."),
            ("ckb", "بۆ هەر یەکێکیان resolution بنووسە، یان کێ چارەسەری دەکات."),
            ("en", "Write how each was settled, or who has to settle it."),
        ],
    );
}
