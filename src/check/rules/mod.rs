//! The rules, one a file, each with its page beside it.

mod config_change_without_rollout;
mod downtime;
mod dropped_document;
mod duplicate_key;
mod duplicate_object;
mod field_not_in_version;
mod floating_tag_unchanged;
mod gated_field;
mod history_lost;
mod immutable_field;
mod invalid_value;
mod missing_change_cause;
mod missing_reference;
mod removed_api;
mod removed_workload;
mod rename_orphans;
mod replicas_under_autoscaler;
mod selector_mismatch;
mod service_switch;
mod stale_change_cause;
mod stuck_rollout;
mod unknown_field;
mod unreadable;
mod useless_allow;

use super::rule::Rule;
pub(super) use useless_allow::RULE as USELESS_ALLOW;

/// All of them, by name.
pub(super) static RULES: &[&Rule] = &[
    &config_change_without_rollout::RULE,
    &downtime::RULE,
    &dropped_document::RULE,
    &duplicate_key::RULE,
    &duplicate_object::RULE,
    &field_not_in_version::RULE,
    &floating_tag_unchanged::RULE,
    &gated_field::RULE,
    &history_lost::RULE,
    &immutable_field::RULE,
    &invalid_value::RULE,
    &missing_change_cause::RULE,
    &missing_reference::RULE,
    &removed_api::RULE,
    &removed_workload::RULE,
    &rename_orphans::RULE,
    &replicas_under_autoscaler::RULE,
    &selector_mismatch::RULE,
    &service_switch::RULE,
    &stale_change_cause::RULE,
    &stuck_rollout::RULE,
    &unknown_field::RULE,
    &unreadable::RULE,
    &useless_allow::RULE,
];
