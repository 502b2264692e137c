//! Words and tokens: what is one word, in which script and dress.

use proptest::prelude::*;

use super::*;

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    tokenize(&[text], &mut tokens);
    tokens
}

fn words(text: &str) -> Vec<u32> {
    tokens(text).into_iter().map(Token::word).collect()
}

#[test]
fn same_words_whatever_their_dress() {
    let cases = [
        ("Don't PANIC, said Zoë!", "dont panic said zoë"),
        ("twenty-one (21) ships", "twenty one 21 ships"),
        ("It cost $1,500.50.", "it cost 1,500.50"),
        ("ÉCOLE", "école"),
        ("МОСКВА", "москва"),
    ];
    for (a, b) in cases {
        assert_eq!(words(a), words(b), "{a:?} {b:?}");
    }
}

/// The words of texts of a few alphabets, letter by letter.
fn plainly(text: &str) -> Vec<u32> {
    let (mut words, mut word) = (Vec::new(), String::new());
    let chars: Vec<char> = text.chars().chain([' ']).collect();
    for (at, &c) in chars.iter().enumerate() {
        let in_number =
            word.contains(|c: char| c.is_ascii_digit()) && chars.get(at + 1).is_some_and(char::is_ascii_digit);
        match c {
            'ё' | 'Ё' => word.push('е'),
            'ß' => word.push_str("ss"),
            _ if c.is_alphanumeric() => word.extend(c.to_lowercase()),
            '.' | ',' if in_number => word.push(c),
            '\'' if !word.is_empty() => {}
            _ if !word.is_empty() => words.push(Token::new(std::mem::take(&mut word).as_bytes(), 0).word()),
            _ => {}
        }
    }
    words
}

proptest! {
    #[test]
    fn words_in_registers_and_runs_are_those_found_letter_by_letter(
        text in "([a-zA-Z]{0,20}|[äéßжЖёЁकिি가]{0,5}|[ .,'\"0-9–-]{0,4}){0,12}",
    ) {
        prop_assert_eq!(words(&text), plainly(&text));
    }

    #[test]
    fn shingles_are_rolled_as_if_each_were_made_anew(bits in prop::collection::vec(any::<u32>(), 0..40), width in 1usize..12) {
        let tokens: Vec<Token> = bits.into_iter().map(Token::from_bits).collect();
        let anew = |words: &[Token]| {
            let push = |sum: u64, word: &Token| sum.wrapping_mul(BASE).wrapping_add(u64::from(word.word()) + 1);
            mix(words.iter().fold(words.len() as u64, push))
        };
        let expected: Vec<u64> = tokens.windows(width.min(tokens.len()).max(1)).map(anew).collect();
        prop_assert_eq!(shingles(&tokens, width).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn words_of_many_scripts() {
    let cases = [
        ("one two three", 3),
        ("বাংলাদেশ সংবাদ সংস্থা", 3),
        ("संयुक्त राष्ट्र", 2),
        ("新华社北京电", 3),
        ("ニュース", 1),
        ("ข่าว", 1),
        ("ສາທາລະນະລັດ", 2),
        ("ព្រះរាជាណាចក្រ", 3),
        ("မြန်မာ", 1),
        ("서울 연합뉴스", 2),
        ("", 0),
        ("... -- !", 0),
    ];
    for (text, n_words) in cases {
        assert_eq!(tokens(text).len(), n_words, "{text:?}");
    }
}

#[test]
fn what_outlets_write_differently_is_one_word() {
    let cases = [
        // Capitals, and letters that have none or two.
        ("STRASSE", "Straße"),
        ("GROẞE", "grosse"),
        ("ISPARTA Iğdır", "Isparta IĞDIR"),
        ("İZMİR", "izmir"),
        ("i\u{307}zmir", "İzmir"),
        ("ΑΘΗΝΑ ΟΔΟΣ", "Αθήνα οδός"),
        ("ΜΑΪΟΣ", "Μάιος"),
        ("ПОЛЁТ", "полет"),
        ("O\u{2bb}zbekiston", "O'zbekiston"),
        // Arabic and Hebrew: vowel marks, the stretching bar, letters with several forms, joiners.
        ("مُحَمَّد", "محمد"),
        ("الـــقاهرة", "القاهرة"),
        ("إلى أحمد آل", "الى احمد ال"),
        ("علی کریم", "علي كريم"),
        ("می\u{200c}رود", "میرود"),
        ("שָׁלוֹם", "שלום"),
        ("צה\"ל ג'ורג'", "צה״ל ג׳ורג׳"),
        // Indic: joiners, the dot below, letters that were spelled with a joiner.
        ("ज़िला", "जिला"),
        ("ক্\u{200d}ষ", "ক্ষ"),
        ("ত্\u{200d}", "ৎ"),
        ("അവൻ", "അവന്\u{200d}"),
        // Digits of any script, with the marks between them.
        ("১২ ١٢ ۱۲ १२ ๑๒ ១២ ໑໒ ၁၂", "12 12 12 12 12 12 12 12"),
        ("١٬٥٠٠٫٧ ১,৫০০.৭", "1,500.7 1,500.7"),
        ("9月19日", "９月１９日"),
        ("๒๕๖๙", "2569"),
        // Text without spaces: whatever spaces were put into it.
        ("救援人员 在山谷里 找到了失踪者", "救援人员在山谷里找到了失踪者"),
        ("第 9 号台风", "第9号台风"),
        ("ชาวประมง ออกทะเล", "ชาวประมงออกทะเล"),
        ("น\u{e4d}\u{e49}า", "น\u{e49}\u{e4d}า"),
    ];
    for (a, b) in cases {
        let (a, b) = (normalize(a), normalize(b));
        assert_eq!(words(&a), words(&b), "{a:?} {b:?}");
    }
    for (a, b) in [("schon", "schön"), ("Мир", "Мiр"), ("كتب", "كتاب"), ("হাস", "হাঁস"), ("১২", "১৩")]
    {
        assert_ne!(words(a), words(b), "{a:?} {b:?}");
    }
}

/// As text comes to be tokenized; the module that does so stands above this one.
fn normalize(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfkc().collect()
}

#[test]
fn digits_stand_alone_in_text_without_spaces() {
    let found = |text: &str| {
        let pieces: Vec<String> = word_ranges(text).into_iter().map(|range| text[range].to_owned()).collect();
        let numbers = tokens(text).iter().map(|t| if t.is_number() { '#' } else { '.' }).collect::<String>();
        (pieces.join("|"), numbers)
    };
    assert_eq!(found("9月19日"), ("9|月|19|日".to_owned(), "#.#.".to_owned()));
    assert_eq!(found("ปี ๒๕๖๙ มี 12 คน"), ("ปี|๒๕๖๙|มี|12|ค|น".to_owned(), ".#.#..".to_owned()));
}

/// Long enough for the law of large numbers, in four scripts.
const UNSPACED: [&str; 4] = [
    "河口镇的渡船停在岸边已经三个星期，船主说发动机坏了没有钱修理，镇上的孩子每天要绕十里山路去上学，家长们轮流护送。",
    "入り江の町では渡し船が三週間も岸につながれたままで、船主はエンジンを直す金がないと話し、子どもたちは毎朝山道を歩いている。",
    "เรือข้ามฟากจอดอยู่ริมตลิ่งมาสามสัปดาห์แล้ว เจ้าของบอกว่าเครื่องเสียและไม่มีเงินซ่อม เด็กๆ ต้องเดินอ้อมภูเขาไปโรงเรียนทุกวัน",
    "သင်္ဘောသည် ကမ်းနားတွင် သုံးပတ်ကြာ ရပ်ထားပြီး ပိုင်ရှင်က စက်ပျက်သော်လည်း ပြင်ရန် ငွေမရှိဟု ပြောသည်။",
];

#[test]
fn words_without_spaces_are_about_as_long_as_words() {
    for text in UNSPACED {
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        let n = tokens(text).len();
        assert!((n * 3 / 2..=9 * n).contains(&letters), "{n} words of {letters} letters: {text}");
    }
}

#[test]
fn an_edit_in_text_without_spaces_costs_the_words_beside_it() {
    for text in UNSPACED {
        let whole = words(text);
        for (at, c) in text.char_indices() {
            let edited = format!("{}{}", &text[..at], &text[at + c.len_utf8()..]);
            let edited = words(&edited);
            let same = |(x, y): (&u32, &u32)| x == y;
            let before = whole.iter().zip(&edited).take_while(|&pair| same(pair)).count();
            let after = whole.iter().rev().zip(edited.iter().rev()).take_while(|&pair| same(pair)).count();
            assert!(before + after + 6 >= whole.len(), "{before} + {after} of {}: {text}", whole.len());
        }
    }
}

#[test]
fn cuts_are_fixed() {
    // As with the hashes: whoever moves a cut makes every stored index unreadable.
    let cut =
        |text: &str| word_ranges(text).into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>().join("|");
    assert_eq!(UNSPACED.map(|text| cut(&text.chars().take(24).collect::<String>())), STORED_CUTS);
}

const STORED_CUTS: [&str; 4] = [
    "河口|镇的渡船|停在|岸|边已经|三个|星期|船|主|说|发动|机坏",
    "入|り|江の|町では|渡|し|船|が|三週間も|岸に|つ|ながれ|たまま",
    "เรือ|ข้าม|ฟาก|จอดอยู่|ริมต|ลิ",
    "သင်္ဘောသည် ကမ်းနားတွင်|သ",
];

#[test]
fn flags() {
    let flagged = tokens("He said \"all 12 boats\" sank in 2026");
    assert_eq!(flagged.iter().filter(|t| t.is_number()).count(), 2);
    assert_eq!(flagged.iter().filter(|t| t.is_quoted()).count(), 3);
    let starts: Vec<_> = flagged.iter().map(|t| t.opens_paragraph()).collect();
    assert_eq!(starts.iter().filter(|&&s| s).count(), 1);
    assert!(starts[0]);
}

#[test]
fn a_quotation_goes_on_over_paragraphs_until_it_is_closed() {
    let quoted = |paragraphs: &[&str]| {
        let mut tokens = Vec::new();
        tokenize(paragraphs, &mut tokens);
        tokens.iter().map(|t| if t.is_quoted() { '#' } else { '.' }).collect::<String>()
    };
    assert_eq!(quoted(&["He said: \"We meet", "and part", "as friends.\" All left."]), "..######..");
    assert_eq!(quoted(&["«Wir gehen", "heim», sagte er"]), "###..");
    // Marks at the beginning of each paragraph, and one that was forgotten.
    assert_eq!(quoted(&["\"We meet", "\"and part.\" All left."]), "####..");
    assert_eq!(quoted(&["\"We meet", "and part.", "He said \"no\" twice."]), "##....#.");
    assert_eq!(quoted(&["\"We meet", "and part."]), "##..");
}

#[test]
fn facts_are_numbers_and_names() {
    let facts = |text: &str| tokens(text).iter().map(|t| if t.is_fact() { '#' } else { '.' }).collect::<String>();
    assert_eq!(facts("The mayor of Port Ellery has 12 boats. They lie at Skell Point"), "...##.#....##");
    assert_eq!(facts("Der Ätna: Asche fiel auf Catania"), ".#...#");
    assert_eq!(facts("১২ জন নিহত"), "#..");
}

#[test]
fn ranges_hold_the_words_of_the_tokens() {
    let cases = [
        ("Don't PANIC, (said) Zoë!", vec!["Don't", "PANIC", "said", "Zoë"]),
        ("'twas $1,500.50. Fine", vec!["twas", "1,500.50", "Fine"]),
        ("x新华，社y ข่าว", vec!["x", "新", "华", "社", "y", "ข่าว"]),
        ("— «बहु» ...", vec!["बहु"]),
        (" .,' ", vec![]),
    ];
    for (text, expected) in cases {
        let found: Vec<&str> = word_ranges(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{text:?}");
    }
}

proptest::proptest! {
    #[test]
    fn ranges_agree_with_tokenize(text in "([a-zA-Z0-9 .,'\"é\u{301}\u{307}\u{200d}«»新华カのーก่าเ๑ក្មန်။৭٫צ״-]|\\PC){0,60}") {
        let whole = words(&text);
        let ranges = word_ranges(&text);
        proptest::prop_assert_eq!(ranges.len(), whole.len());
        for (range, word) in ranges.into_iter().zip(whole) {
            // A word alone is the same token; a number keeps the points that it had among digits.
            proptest::prop_assert_eq!(words(&text[range]), vec![word]);
        }
    }
}

#[test]
fn short_texts_are_whole_and_differ() {
    let one = |text: &str| shingles(&tokens(text), 5).collect::<Vec<_>>();
    assert_eq!(one("Fire put out").len(), 1);
    assert_ne!(one("Fire put out"), one("Fire put"));
    assert_ne!(one("Fire put out"), one("Flood put out"));
    assert_eq!(one("Fire put out"), one("fire, put out."));
    assert!(one("").is_empty());
}

#[test]
fn hashes_are_fixed() {
    // A change of any of these makes every stored index and every published sketch unreadable.
    assert_eq!(words("wire copy"), STORED_WORDS);
    assert_eq!(shingles(&tokens("the wire moved a copy"), 3).collect::<Vec<_>>(), STORED_SHINGLES);
}

const STORED_WORDS: [u32; 2] = [3_463_419_888, 1_734_899_216];
const STORED_SHINGLES: [u64; 3] = [6_056_623_861_541_640_045, 4_704_098_129_335_892_622, 14_020_870_413_356_333_263];

/// The hash of one shingle by itself.
fn shingle(words: &[Token]) -> u64 {
    let polynomial = words.iter().fold(words.len() as u64, |sum, token| {
        sum.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(u64::from(token.word()) + 1)
    });
    mix(polynomial)
}

#[test]
fn hashes_roll_from_place_to_place() {
    let text = tokens("the quick 1 brown \"fox jumps\" over the lazy Dog and the quick 1 brown fox");
    for n_words in 0..text.len() {
        for width in 1..=16 {
            let text = &text[..n_words];
            let expected: Vec<u64> = text.windows(width.min(n_words).max(1)).map(shingle).collect();
            assert_eq!(shingles(text, width).collect::<Vec<_>>(), expected, "{n_words} words, {width} a shingle");
        }
    }
}
