//! Tests of documents as services write them.

use crate::shapes::{Choice, Inner, Thing, read, read_bytes};
use aws_smithy_types::Blob;

fn thing(change: impl FnOnce(&mut Thing)) -> Thing {
    let mut thing = Thing::default();
    change(&mut thing);
    thing
}

fn texts(texts: &[&str]) -> Option<Vec<String>> {
    Some(texts.iter().map(|text| (*text).to_owned()).collect())
}

#[test]
fn a_document_is_read_in_any_form() {
    let empty = Thing::default();
    let text = |text: &str| thing(|thing| thing.text = Some(text.to_owned()));
    let number = |number| thing(|thing| thing.number = Some(number));
    let table = [
        ("", empty.clone()),
        (" \n", empty.clone()),
        ("<T/>", empty.clone()),
        ("<T><text/></T>", text("")),
        ("<T><text> a\r\nb </text></T>", text(" a\nb ")),
        (
            "<T><text><![CDATA[<a>&amp;]]>&lt;b&#x41;&#66;</text></T>",
            text("<a>&amp;<bAB"),
        ),
        ("<T><text>a<!-- c -->b<?pi x?>c</text></T>", text("abc")),
        ("<T><text>&#x1;&#13;</text></T>", text("\u{1}\r")),
        (
            "\u{feff}<?xml version='1.0' encoding='UTF-8'?>\n<!-- c --><T xmlns='urn:x'><text>a</text></T>\n",
            text("a"),
        ),
        ("<n:T xmlns:n='urn:x'><n:text>a</n:text></n:T>", text("a")),
        (
            "<T><unknown><text>b</text></unknown>spaces<text>a</text><more/></T>",
            text("a"),
        ),
        ("<T><text>a</text><text>b</text></T>", text("b")),
        ("<T><Other> 12\n</Other></T>", number(12)),
        ("<T><Other/></T>", empty.clone()),
        ("<T><number>12</number></T>", empty.clone()),
        (
            "<T><flag>TRUE</flag></T>",
            thing(|thing| thing.flag = Some(true)),
        ),
        (
            "<T><flag>0</flag></T>",
            thing(|thing| thing.flag = Some(false)),
        ),
        (
            "<T><double>-Infinity</double></T>",
            thing(|thing| thing.double = Some(f64::NEG_INFINITY)),
        ),
        (
            "<T><blob>aGVs\nbG8=\n</blob></T>",
            thing(|thing| thing.blob = Some(Blob::new("hello"))),
        ),
        ("<T><time/><double> </double></T>", empty.clone()),
    ];
    for (body, expected) in table {
        assert_eq!(read(body).as_ref(), Ok(&expected), "{body}");
    }
}

#[test]
fn lists_and_maps_are_read_in_every_form() {
    let map = |key: &str, value: &str| Some([(key.to_owned(), value.to_owned())].into());
    let table = [
        ("<T><list/></T>", thing(|thing| thing.list = texts(&[]))),
        (
            "<T><list><part>a</part><other/></list></T>",
            thing(|thing| thing.list = texts(&["a", ""])),
        ),
        (
            "<T><Item>a</Item></T>",
            thing(|thing| thing.flat = texts(&["a"])),
        ),
        ("<T><Item/></T>", thing(|thing| thing.flat = texts(&[""]))),
        (
            "<T><Item>a</Item><text>x</text><Item>b</Item><unknown/><Item>c</Item></T>",
            thing(|thing| {
                thing.flat = texts(&["a", "b", "c"]);
                thing.text = Some("x".to_owned());
            }),
        ),
        ("<T><map/></T>", thing(|thing| thing.map = Some([].into()))),
        (
            "<T><map><entry><Name>k</Name><value>v</value></entry></map></T>",
            thing(|thing| thing.map = map("k", "v")),
        ),
        (
            "<T><map><e><value>v</value><x/><Name>k</Name></e></map></T>",
            thing(|thing| thing.map = map("k", "v")),
        ),
        (
            "<T><map><entry><Name>k</Name></entry></map></T>",
            thing(|thing| thing.map = Some([].into())),
        ),
        (
            "<T><flatMap><key>a</key><value><member>1</member></value></flatMap><flatMap><value/><key>b</key></flatMap></T>",
            thing(|thing| {
                thing.flat_map = Some([("a".to_owned(), vec![1]), ("b".to_owned(), vec![])].into())
            }),
        ),
        (
            "<T><matrix><member><member>1</member><member>2</member></member><member/></matrix></T>",
            thing(|thing| thing.matrix = Some(vec![vec![1, 2], vec![]])),
        ),
        (
            "<T><things><member><text>a</text></member><member/></things></T>",
            thing(|outer| {
                let inner = thing(|thing| thing.text = Some("a".to_owned()));
                outer.things = Some(vec![inner, Thing::default()]);
            }),
        ),
    ];
    for (body, expected) in table {
        assert_eq!(read(body).as_ref(), Ok(&expected), "{body}");
    }
}

#[test]
fn attributes_and_unions_are_read() {
    let inner = |kind: &str| {
        let kind = Some(kind.to_owned());
        thing(|thing| thing.inner = Some(Inner { kind, name: None }))
    };
    let choice = |choice| thing(|thing| thing.choice = Some(choice));
    let flat = |list: &[&str]| choice(Choice::Flat(texts(list).unwrap()));
    let table = [
        ("<T><inner xmlns:xsi='urn:x' xsi:type='a'/></T>", inner("a")),
        (
            "<T><inner type=\"&quot;a&#x9;b\tc&quot;\"></inner></T>",
            inner("\"a\tb c\""),
        ),
        (
            "<T><inner xmlns:type='x'/></T>",
            thing(|thing| thing.inner = Some(Inner::default())),
        ),
        (
            "<T><choice><text>a</text></choice></T>",
            choice(Choice::Text("a".to_owned())),
        ),
        ("<T><choice><new/></choice></T>", choice(Choice::Unknown)),
        ("<T><choice/></T>", choice(Choice::Unknown)),
        (
            "<T><choice><flat>a</flat><x/><flat>b</flat></choice></T>",
            flat(&["a", "b"]),
        ),
    ];
    for (body, expected) in table {
        assert_eq!(read(body).as_ref(), Ok(&expected), "{body}");
    }
}

#[test]
fn unreadable_requests_are_errors_with_a_path_and_without_values() {
    let deep = format!("<T>{}{}</T>", "<x>".repeat(200), "</x>".repeat(200));
    let table: [(&[u8], &str); 23] = [
        (
            b"<T><Other>hush</Other></T>",
            "number: invalid text, expected a whole number in range",
        ),
        (
            b"<T><Other>3000000000</Other></T>",
            "number: invalid text, expected a whole number in range",
        ),
        (
            b"<T><Other>1.5</Other></T>",
            "number: invalid text, expected a whole number in range",
        ),
        (
            b"<T><flag>hush</flag></T>",
            "flag: invalid text, expected a boolean",
        ),
        (
            b"<T><double>hush</double></T>",
            "double: invalid text, expected a number",
        ),
        (
            b"<T><blob>*hush*</blob></T>",
            "blob: invalid text, expected base64",
        ),
        (
            b"<T><time>hush</time></T>",
            "time: invalid text, expected a timestamp",
        ),
        (
            b"<T><text>hush<b/></text></T>",
            "text: an element, expected text",
        ),
        (
            b"<T><matrix><member><member/></member></matrix></T>",
            "matrix[0][0]: empty element",
        ),
        (
            b"<T><things><member/><member><Other>hush</Other></member></things></T>",
            "things[1].number: invalid text, expected a whole number in range",
        ),
        (
            b"<T><flatMap><key>k</key><value><member>hush</member></value></flatMap></T>",
            "flatMap[\"k\"][0]: invalid text, expected a whole number in range",
        ),
        (
            b"<T><map><entry><value>hush</value></entry></map></T>",
            "map: map entry without a key",
        ),
        (
            b"<T><text>hush",
            "text: invalid XML: the document is incomplete",
        ),
        (
            b"<T><text>hush</text>",
            "invalid XML: the document is incomplete",
        ),
        (
            b"<T><text>hush</te",
            "text: invalid XML: tag not closed: `>` not found before end of input",
        ),
        (
            b"<T><text>hush</hush></T>",
            "text: invalid XML: mismatched end tag at byte 13",
        ),
        (b"<T/><T/>", "invalid XML: a second root element"),
        (b"<T/>hush", "invalid XML: text outside of the root element"),
        (b"hush", "invalid XML: text outside of the root element"),
        (b"<!-- hush -->", "invalid XML: no root element"),
        (
            b"<!DOCTYPE T [<!ENTITY a \"hush\">]><T><text>&a;</text></T>",
            "invalid XML: document type declarations are not supported",
        ),
        (
            b"<T><text>&hush;</text></T>",
            "text: invalid XML: an unknown entity",
        ),
        (b"<T><text>\xff</text></T>", "invalid UTF-8 at byte 9"),
    ];
    let deep = (
        deep.as_bytes(),
        "invalid XML: more than 128 nested elements",
    );
    for (body, expected) in table.into_iter().chain([deep]) {
        let shown = String::from_utf8_lossy(body);
        match read_bytes(body) {
            Ok(thing) => panic!("{shown} is read: {thing:?}"),
            Err(error) => assert_eq!(error.to_string(), expected, "{shown}"),
        }
    }
}

#[test]
fn a_long_list_is_read_in_a_time_that_grows_with_its_length() {
    let part = "<Item>a text of some length</Item><text>between</text>";
    let body = format!("<T>{}</T>", part.repeat(200_000));
    assert!(body.len() > 10_000_000);
    let started = std::time::Instant::now();
    let thing = read(&body).unwrap();
    assert_eq!(thing.flat.unwrap().len(), 200_000);
    // This is far above the time needed; quadratic time would be far above this.
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}
