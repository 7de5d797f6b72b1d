# A made-up list of partners of the Twilio program, a line of JSON each, to try an edit of the rules on:
#
#   awk -v partners=10000 -f examples/partners/many.awk > partners.ndjson
#
# The same list each time: what differs from partner to partner is drawn by the generator of Park and Miller
# ("Random number generators: good ones are hard to find", CACM 31, 1988), which every awk calculates alike.

function drawn(below) {
    seed = (seed * 16807) % 2147483647
    return seed % below
}
function truth(percent) { return drawn(100) < percent ? "true" : "false" }
function day(year) { return sprintf("%d-%02d-%02d", year, 1 + drawn(12), 1 + drawn(28)) }

function stories(count,    text, i) {
    for (i = 1; i <= count; i++)
        text = text sprintf("%s{\"title\": \"Story %d\", \"customer_facing\": %s, \"published_on\": \"%s\"}",
            i > 1 ? ", " : "", i, truth(85), day(2021 + drawn(3)))
    return "[" text "]"
}
function revenue(count,    text, i) {
    for (i = 1; i <= count; i++)
        text = text sprintf("%s{\"date\": \"%s\", \"amount_usd\": %d, \"account\": \"main\", \"kind\": \"product\"}",
            i > 1 ? ", " : "", day(2022 + drawn(2)), 200000 * (1 + drawn(40)))
    return "[" text "]"
}
function deals(count,    text, i) {
    for (i = 1; i <= count; i++)
        text = text sprintf("%s{\"closed_on\": \"%s\", \"est_arr_usd\": %d, \"kind\": \"product\"}",
            i > 1 ? ", " : "", day(2022 + drawn(2)), 25000 * (1 + drawn(40)))
    return "[" text "]"
}
function commits(count,    text, i) {
    for (i = 1; i <= count; i++)
        text = text sprintf("%s{\"tcv_usd\": %d, \"term_years\": %d, \"signed_on\": \"2022-%02d-01\", \"ends_on\": \"%d-12-31\"}",
            i > 1 ? ", " : "", 1000000 * (1 + drawn(80)), 1 + drawn(4), 1 + drawn(12), 2024 + drawn(3))
    return "[" text "]"
}

BEGIN {
    seed = 20240215
    split("embed integrate connect", motion)
    for (n = 1; n <= partners; n++) {
        printf "{\"partner\": \"Partner %05d\", \"as_of\": \"2024-02-15\", \"evaluation\": \"annual\"", n
        printf ", \"motions\": [\"%s\"]", motion[1 + drawn(3)]
        printf ", \"agreement_signed\": %s, \"tos_accepted\": %s", truth(97), truth(95)
        printf ", \"segment_referral_addendum_signed\": %s", truth(40)
        printf ", \"solutions\": [{\"name\": \"Solution\", \"status\": \"%s\", \"launched_on\": \"2021-03-01\", \"products\": [\"%s\"]}]",
            drawn(20) < 19 ? "launched" : "planned", drawn(2) ? "cpaas" : "segment"
        printf ", \"joint_material\": {\"technical_documentation\": %s, \"internal_collateral\": %s, \"customer_collateral\": %s}",
            truth(99), truth(99), truth(99)
        printf ", \"success_stories\": %s", stories(drawn(7))
        printf ", \"gtm_plan_complete\": %s", truth(50)
        # A few have not said it.
        if (drawn(100) < 95) printf ", \"account_mapping_implemented\": %s", truth(70)
        printf ", \"silver_invited\": %s", truth(30)
        printf ", \"direct_revenue\": %s", revenue(drawn(7))
        printf ", \"influenced_deals\": %s", deals(drawn(7))
        printf ", \"twilio_commits\": %s", commits(drawn(2))
        printf ", \"single_sourcing\": %s", truth(10)
        printf ", \"support_plan\": {\"active\": %s, \"addendum_executed\": %s}", truth(97), truth(97)
        printf ", \"mdf_request\": {\"requested\": %s, \"approved\": %s}", truth(40), truth(40)
        printf "}\n"
    }
}
