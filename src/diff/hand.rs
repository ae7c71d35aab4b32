//! Which field managers are somebody's hand, as far as a name tells: that of a controller is its program's, as client-go has
//! it, and so is that of a tool that somebody works with.

use crate::kubernetes::CLIENT_SIDE_APPLY;

/// The tools that people work with, beside `kubectl`: this one where it changes the cluster alone, k9s, curl, a browser, and
/// what Lens is made of.
const TOOLS: [&str; 5] = ["rollbook", "k9s", "curl", "Mozilla", "node-fetch"];

/// What a part of a controller's name says it is: `kube-controller-manager`, `argocd-controller`, `keda-operator`.
const CONTROLLERS: [&str; 5] = ["autoscaler", "controller", "injector", "manager", "operator"];

/// Controllers whose names do not say so, tools that apply what git says, and how the API server calls what was there before
/// it knew of managers.
const KNOWN: [&str; 10] =
    ["before-first-apply", "fleetagent", "flagger", "flux", "helm", "kapp", "keel", "kueue", "kyverno", "reloader"];

/// How `kubectl` begins an object: then it has written all that the API server fills in, too.
const CREATE: &str = "kubectl-create";

/// A tool that people work with. What kubectl applied in its old way stands in an annotation.
pub(super) fn is_tool(manager: &str) -> bool {
    let is_kubectl = manager == "kubectl" || manager.starts_with("kubectl-");
    TOOLS.contains(&manager) || is_kubectl && ![CLIENT_SIDE_APPLY, CREATE].contains(&manager)
}

/// Anybody but controllers and what applies git: scripts in any language, dashboards, CI.
pub(super) fn is_no_controller(manager: &str) -> bool {
    let name = manager.to_lowercase();
    let mut parts = name.split(|letter: char| !letter.is_ascii_alphanumeric());
    let says_so = parts.any(|part| CONTROLLERS.contains(&part));
    !says_so && !KNOWN.contains(&name.as_str()) && name != CLIENT_SIDE_APPLY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_hands_from_controllers() {
        // Of the name: whether it is a hand anywhere, and in a pod template.
        for (manager, anywhere, in_template) in [
            ("kubectl", true, true),
            ("kubectl-edit", true, true),
            ("kubectl-patch", true, true),
            ("kubectl-replace", true, true),
            ("kubectl-rollout", true, true),
            ("kubectl-set", true, true),
            ("k9s", true, true),
            ("curl", true, true),
            ("node-fetch", true, true),
            ("rollbook", true, true),
            ("kubectl-create", false, true),
            ("OpenAPI-Generator", false, true),
            ("python-requests", false, true),
            ("argocd-server", false, true),
            ("kubectl-client-side-apply", false, false),
            ("before-first-apply", false, false),
            ("kube-controller-manager", false, false),
            ("argocd-controller", false, false),
            ("argocd-application-controller", false, false),
            ("kustomize-controller", false, false),
            ("helm-controller", false, false),
            ("helm", false, false),
            ("keda-operator", false, false),
            ("manager", false, false),
            ("Reloader", false, false),
            ("keel", false, false),
        ] {
            assert_eq!((is_tool(manager), is_no_controller(manager)), (anywhere, in_template), "{manager}");
        }
    }
}
