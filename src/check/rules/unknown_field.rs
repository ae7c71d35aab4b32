use crate::check::{Finding, Rule, Severity, State};
use crate::template::Problem;

pub(super) static RULE: Rule =
    Rule::new("unknown-field", Severity::Error, include_str!("unknown_field.md")).of_state(find);

fn find<'s>(state: &State<'s>) -> Vec<Finding<'s>> {
    let mut found = Vec::new();
    for of in state.subjects().filter(|of| of.workload().is_some()) {
        for field in of.template().findings() {
            let Problem::UnknownField { like } = field.problem else { continue };
            let message = format!("no version of Kubernetes has the field `{}`", field.path.escape_debug());
            let finding = of.find_at(field.span, message).key(&field.path);
            found.push(match like {
                Some(like) => finding.help(format!("did you mean `{like}`?")),
                None => finding,
            });
        }
    }
    found
}
