//! A flow in, a picture of it out, as SVG: the source, an arrow, the destination.

use super::html::{escaped, shortened};
use crate::rules::flow::object_of;
use crate::state::{Flow, Scope};
use appflow_sdk::types::ConnectorType;
use smithy_reqwest::shape::Structure;
use std::fmt::Write;

/// How wide an end of a flow is.
const WIDTH: u32 = 230;
/// Where the destination begins.
const RIGHT: u32 = 350;
/// How many characters fit into the first and into the second line of an end.
const FITTING: (usize, usize) = (24, 32);

/// One end of a flow.
struct End<'a> {
    connector: &'a str,
    /// What is read or written there.
    object: String,
    profile: Option<&'a str>,
}

impl<'a> End<'a> {
    fn new<T: Structure>(
        scope: &'a Scope,
        connector: &'a ConnectorType,
        properties: &Option<T>,
        profile: Option<&'a str>,
    ) -> Self {
        // What is called CustomConnector has a name of its own in its profile.
        let label = profile
            .and_then(|name| scope.profiles.get(name)?.connector_label.as_deref())
            .filter(|_| *connector == ConnectorType::Customconnector);
        let object = object_of(properties, connector);
        let object: Vec<String> = object.into_iter().map(|(_, text)| text).collect();
        Self {
            connector: label.unwrap_or(connector.as_str()),
            object: object.join("/"),
            profile,
        }
    }

    fn title(&self) -> String {
        let parts = [
            self.connector,
            &self.object,
            self.profile.unwrap_or_default(),
        ];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    }

    fn render(&self, svg: &mut String, class: &str, x: u32) {
        let below = match self.profile {
            Some(profile) if self.object.is_empty() => profile.to_owned(),
            Some(profile) => format!("{} \u{b7} {profile}", self.object),
            None => self.object.clone(),
        };
        let (name_y, text_x) = (if below.is_empty() { 37 } else { 28 }, x + 16);
        let _ = write!(
            svg,
            "<g class={class}><title>{}</title>\
             <rect x={x} y=2 width={WIDTH} height=60 rx=10></rect>\
             <text class=name x={text_x} y={name_y}>{}</text>\
             <text class=object x={text_x} y=48>{}</text></g>",
            escaped(&self.title()),
            shortened(self.connector, FITTING.0),
            shortened(&below, FITTING.1),
        );
    }
}

/// Draws the flow; while a run is in progress, its arrow moves.
pub(super) fn render(svg: &mut String, flow: &Flow, scope: &Scope) {
    let source = End::new(
        scope,
        &flow.source.connector_type,
        &flow.source.source_connector_properties,
        flow.source.connector_profile_name.as_deref(),
    );
    let destination = flow.destination().map(|destination| {
        End::new(
            scope,
            &destination.connector_type,
            &destination.destination_connector_properties,
            destination.connector_profile_name.as_deref(),
        )
    });
    let to = destination.as_ref().map_or("nothing", |end| end.connector);
    let moving = if flow.active.is_empty() {
        ""
    } else {
        " moving"
    };
    let (from, tip) = (WIDTH + 10, RIGHT - 10);
    let (shaft, barb, middle) = (tip - 8, tip - 12, (from + tip) / 2);
    let tasks = flow.tasks.len();
    let _ = write!(
        svg,
        "<svg class=picture role=img viewBox=\"0 0 {} 64\" aria-label=\"{} to {}\">",
        RIGHT + WIDTH + 2,
        escaped(source.connector),
        escaped(to),
    );
    source.render(svg, "source", 2);
    let _ = write!(
        svg,
        "<g class=\"arrow{moving}\"><path d=\"M{from} 32H{shaft}\"></path>\
         <path class=tip d=\"M{barb} 25L{tip} 32L{barb} 39Z\"></path>\
         <text x={middle} y=20>{tasks} task{}</text></g>",
        if tasks == 1 { "" } else { "s" },
    );
    if let Some(destination) = destination {
        destination.render(svg, "destination", RIGHT);
    }
    svg.push_str("</svg>");
}
