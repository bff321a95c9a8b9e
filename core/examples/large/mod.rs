//! An instrument larger than anybody's survey.

/// 1,000 questions and 2,000 conditions.
pub(crate) fn large() -> String {
    let mut out = String::from(
        "instrument: {id: large, version: \"1\", languages: [en], title: {en: T}, intro: {en: I}, \
         terms: {en: W}, outro: {en: O}}\n\
         consent: {text: {en: C}, gate: {id: gate, type: yes_no, title: {en: Agree?}, \
         required: true, est_seconds: 1}}\n\
         experiments: {factors: [{id: half, levels: [a, b]}]}\n\
         sections:\n",
    );
    for n in 0..1_000 {
        if n % 25 == 0 {
            out.push_str(&format!(
                "  - id: s{n}\n    title: {{en: S}}\n    questions:\n"
            ));
        }
        let show_if = match n {
            0 => String::new(),
            _ => format!(
                ", show_if: 'q{} in [\"a\", \"b\"] or q{} != \"c\" and half == \"a\"'",
                n / 2,
                n - 1
            ),
        };
        out.push_str(&format!(
            "      - {{id: q{n}, type: single, title: {{en: Q}}, est_seconds: 1{show_if}, \
             options: [{{code: a, en: A}}, {{code: b, en: B}}, {{code: c, en: C}}], \
             checks: [{{that: 'q{n} != \"b\" or half == \"b\"', message: {{en: M}}}}]}}\n"
        ));
    }
    out
}
