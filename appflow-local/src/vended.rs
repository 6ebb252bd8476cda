//! Connectors that AWS vends by label: their type is `CustomConnector`, and nobody registers them.

/// The labels: those that AWS's own constructs and users' definitions name first, then the names of AWS's list of
/// connectors.
const LABELS: [&str; 72] = [
    "AmazonRDSPostgreSQL",
    "Asana",
    "GitHub",
    "GoogleAds",
    "GoogleAnalytics4",
    "Google BigQuery",
    "HubSpot",
    "JDBCsmall",
    "Mailchimp",
    "MicrosoftDynamics365",
    "MicrosoftSharePointOnline",
    "SalesforceMarketingCloud",
    "AdobeAnalytics",
    "AfterShip",
    "Airtable",
    "BambooHR",
    "BlackbaudRaisersEdgeNXT",
    "Braintree",
    "CallRail",
    "CircleCI",
    "Coupa",
    "Delighted",
    "DocuSignMonitor",
    "Domo",
    "Drift",
    "FacebookAds",
    "FacebookPageInsights",
    "Freshdesk",
    "Freshsales",
    "GitLab",
    "GoogleCalendar",
    "GoogleSearchConsole",
    "GoogleSheets",
    "InstagramAds",
    "Intercom",
    "JDBC",
    "Jira",
    "JiraCloud",
    "Kustomer",
    "LinkedInAds",
    "LinkedInPages",
    "MicrosoftTeams",
    "Mixpanel",
    "Monday",
    "Okta",
    "OracleHCM",
    "PayPal",
    "Paypal Checkout",
    "Pendo",
    "Pipedrive",
    "PostgreSQL",
    "ProductBoard",
    "QuickBooksOnline",
    "Recurly",
    "SAPConcur",
    "SendGrid",
    "Smartsheet",
    "SnapchatAds",
    "Square",
    "Stripe",
    "Tiktok Ads",
    "Twilio",
    "Typeform",
    "WooCommerce",
    "Workday",
    "YouTubeAnalytics",
    "ZendeskChat",
    "ZendeskSell",
    "ZendeskSunshine",
    "ZohoCRM",
    "Zoom",
    "ZoomMeetings",
];

/// Returns the label as AWS writes it. Case, blanks and punctuation do not count, since not all of the labels are
/// documented letter by letter.
pub(crate) fn find(label: &str) -> Option<&'static str> {
    let wanted = squeezed(label);
    LABELS.into_iter().find(|known| squeezed(known) == wanted)
}

fn squeezed(label: &str) -> String {
    let letters = label.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_however_they_are_written() {
        for label in ["Google BigQuery", "GoogleBigQuery", "google-bigquery"] {
            assert_eq!(find(label), Some("Google BigQuery"), "{label}");
        }
        assert_eq!(find("Unheard-of"), None);
        assert_eq!(find(""), None);
    }
}
