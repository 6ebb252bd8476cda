//! Converts the HTML of documentation in AWS models to Markdown without tags, dead links, or brackets that rustdoc
//! would take for links.

mod blocks;
mod inline;

use blocks::Blocks;
use html5gum::{Token, Tokenizer};
use inline::Mark;

/// Converts HTML to Markdown. Tags that are not closed end with the text. Unknown tags are replaced by their content.
pub fn to_markdown(html: &str) -> String {
    let mut blocks = Blocks::default();
    for token in Tokenizer::new(html) {
        // Reading from memory does not fail.
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name);
                let href = tag.attributes.get(b"href".as_slice());
                let href = href.map(|href| String::from_utf8_lossy(href).trim().to_owned());
                start(&mut blocks, &name, href);
            }
            Token::EndTag(tag) => end(&mut blocks, &String::from_utf8_lossy(&tag.name)),
            Token::String(text) => blocks.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    blocks.finish()
}

fn start(blocks: &mut Blocks, name: &str, href: Option<String>) {
    match name {
        "p" | "br" | "div" | "dl" | "table" | "tbody" | "thead" => blocks.end_paragraph(),
        "ul" => blocks.start_list(false),
        "ol" => blocks.start_list(true),
        "li" | "dt" | "tr" => {
            blocks.start_item();
            if name == "dt" {
                blocks.open(Mark::Strong);
            }
        }
        "dd" => blocks.end_paragraph(),
        "pre" => blocks.start_preformatted(),
        "note" | "important" | "caution" | "warning" => blocks.start_note(name),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            blocks.end_paragraph();
            blocks.open(Mark::Strong);
        }
        "td" | "th" => blocks.start_cell(),
        "code" | "tt" | "kbd" | "samp" => blocks.open(Mark::Code),
        "b" | "strong" => blocks.open(Mark::Strong),
        "i" | "em" => blocks.open(Mark::Emphasis),
        "a" => blocks.open(Mark::Link(href.unwrap_or_default())),
        "script" | "style" => blocks.open(Mark::Dropped),
        _ => {}
    }
}

fn end(blocks: &mut Blocks, name: &str) {
    match name {
        "ul" | "ol" => blocks.end_list(),
        "note" | "important" | "caution" | "warning" => blocks.end_note(),
        "p" | "div" | "li" | "dd" | "tr" | "dl" | "table" => blocks.end_paragraph(),
        "dt" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            blocks.close(&Mark::Strong);
            blocks.end_paragraph();
        }
        "pre" => blocks.end_preformatted(),
        "code" | "tt" | "kbd" | "samp" => blocks.close(&Mark::Code),
        "b" | "strong" => blocks.close(&Mark::Strong),
        "i" | "em" => blocks.close(&Mark::Emphasis),
        "a" => blocks.close(&Mark::Link(String::new())),
        "script" | "style" => blocks.close(&Mark::Dropped),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::to_markdown;

    #[test]
    fn html_becomes_markdown() {
        let table = [
            ("plain", "plain"),
            ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
            ("<p>One\n   line.</p>", "One line."),
            ("<p>Open<p>paragraphs", "Open\n\nparagraphs"),
            ("a<br>b<br/>c", "a\n\nb\n\nc"),
            ("<p/>", ""),
            ("", ""),
            // Inline.
            (
                "the <code>Name</code> of <b>it</b>, <i>now</i>",
                "the `Name` of **it**, *now*",
            ),
            ("<b> spaced </b>out", "**spaced** out"),
            ("<b></b>empty<code> </code>", "empty"),
            ("<b>never closed", "never closed"),
            ("<b>over <i>lapping</b> tags</i>", "**over lapping** tags"),
            ("<code>a`b</code> <code>`</code>", "``a`b`` `` ` ``"),
            ("<code>{\"a\": [1]} &lt;T&gt;</code>", "`{\"a\": [1]} <T>`"),
            ("<code>a <b>b</b> c</code>", "`a b c`"),
            // Links.
            (
                "<a href=\"https://example.com/a\">the page</a>.",
                "[the page](<https://example.com/a>).",
            ),
            (
                "<a href=\"https://example.com/a b(c)\">x</a>",
                "[x](<https://example.com/a b(c)>)",
            ),
            (
                "<a href=\"https://example.com\"><code>X</code></a>",
                "[`X`](<https://example.com>)",
            ),
            ("<a href=\"API_Thing.html\">Thing</a>", "Thing"),
            ("<a href=\"javascript:x()\">x</a> <a>y</a>", "x y"),
            (
                "<a href=\"https://example.com\"></a>",
                "<https://example.com>",
            ),
            ("<code><a href=\"https://example.com\">x</a></code>", "`x`"),
            (
                "see https://example.com/x_y.",
                "see <https://example.com/x_y>.",
            ),
            (
                "<a href=\"https://e.com\">https://e.com</a>",
                "[https\\://e.com](<https://e.com>)",
            ),
            // Characters with a meaning in Markdown.
            ("[Thing] and *stars*", "\\[Thing\\] and \\*stars\\*"),
            ("a &lt;Type&gt; &amp;amp; b", "a \\<Type> \\&amp; b"),
            (
                "snake_case _x_ `y` ~z~ \\",
                "snake_case \\_x\\_ \\`y\\` \\~z\\~ \\\\",
            ),
            (
                "<p># 1</p><p>- a</p><p>+ b</p><p>1. c</p><p>> d</p>",
                "\\# 1\n\n\\- a\n\n\\+ b\n\n1\\. c\n\n\\> d",
            ),
            // Lists.
            ("<ul><li>a</li><li><p>b</p></li></ul>", "- a\n- b"),
            (
                "<ul> <li> <p>a</p> <p>more</p> </li> <li>b</li> </ul>",
                "- a\n\n  more\n- b",
            ),
            (
                "<p>before</p><ul><li>a<li>b</ul>after",
                "before\n\n- a\n- b\n\nafter",
            ),
            ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
            (
                "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
                "- a\n  - b\n- c",
            ),
            ("<ol><li>a<ul><li>b</li></ul></li></ol>", "1. a\n   - b"),
            ("<li>alone</li>", "- alone"),
            ("<ul></ul>x", "x"),
            (
                "<dl><dt>term</dt><dd>meaning</dd><dt>next</dt></dl>",
                "- **term**\n\n  meaning\n- **next**",
            ),
            // Blocks.
            ("<note><p>Mind this.</p></note>", "**Note:** Mind this."),
            (
                "<important>Mind.</important><p>x</p>",
                "**Important:** Mind.\n\nx",
            ),
            ("<note></note>x", "x"),
            ("<h4>Title</h4><p>x</p>", "**Title**\n\nx"),
            (
                "<pre><code>{\n  \"a\": 1\n}</code></pre>x",
                "```text\n{\n  \"a\": 1\n}\n```\n\nx",
            ),
            (
                "<ul><li>a<pre>b\nc</pre></li></ul>",
                "- a\n\n  ```text\n  b\n  c\n  ```",
            ),
            ("<pre>a ``` b</pre>", "````text\na ``` b\n````"),
            ("<table><tr><td>a</td><td>b</td></tr></table>", "- a, b"),
            (
                "<script>x()</script><!-- c --><fullname>Name</fullname>",
                "Name",
            ),
        ];
        for (html, expected) in table {
            assert_eq!(to_markdown(html), expected, "{html}");
        }
    }
}
