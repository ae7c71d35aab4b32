//! Manifests as people write them, and what becomes of them from commit to commit.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// One state of the file that has the Deployment.
#[derive(Clone, Debug)]
pub struct Manifest {
    tag: u8,
    /// The value of a variable; 0 for none.
    level: u8,
    /// A label of the pods besides the one that is selected; 0 for none.
    tier: u8,
    replicas: u8,
    /// What the comments tell.
    told: u8,
    cause: Option<Cause>,
    template: Template,
    file: File,
    is_moved: bool,
}

#[derive(Clone, Copy, Debug)]
struct Cause {
    style: &'static str,
    text: u8,
}

/// How the pod template is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Template {
    /// In lines, each level so much deeper.
    Lines(usize),
    /// With a script in it.
    Script,
    /// With an alias of its own anchor.
    Aliased,
    /// With an alias of an anchor before it.
    ReachingOut,
    /// With an anchor that is named behind it.
    Named,
    Flow,
}

/// How the file is written around it.
#[derive(Clone, Copy, Debug)]
struct File {
    form: Form,
    is_crlf: bool,
    has_bom: bool,
    ends_with_newline: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Alone,
    /// Behind a Service and before another.
    Among,
    /// An item of a `kind: List`.
    Item,
    Json,
}

/// What a commit changes.
#[derive(Clone, Debug)]
pub enum Edit {
    Tag(u8),
    Level(u8),
    Tier(u8),
    Replicas(u8),
    Told(u8),
    Cause(u8),
    Template(TemplateEdit),
    Move,
}

/// Another way of writing, which does not get out of here.
#[derive(Clone, Debug)]
pub struct TemplateEdit(Template);

/// The text in its parts: all but the value of the cause and the template has to stay.
pub struct Parts {
    pub head: String,
    pub cause: String,
    pub between: String,
    pub template: String,
    pub tail: String,
}

fn templates() -> impl Strategy<Value = Template> {
    let (script, flow) = (Template::Script, Template::Flow);
    select(vec![
        Template::Lines(2),
        Template::Lines(4),
        script,
        Template::Aliased,
        Template::ReachingOut,
        Template::Named,
        flow,
    ])
}

fn files() -> impl Strategy<Value = File> {
    let form = select(vec![Form::Alone, Form::Among, Form::Item, Form::Json]);
    (form, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(form, is_crlf, has_bom, ends_with_newline)| {
        // JSON has no mark of its encoding.
        File { form, is_crlf, has_bom: has_bom && form != Form::Json, ends_with_newline }
    })
}

fn manifests() -> impl Strategy<Value = Manifest> {
    let cause = prop::option::of((select(vec!["", "'", "\""]), 0..9u8).prop_map(|(style, text)| Cause { style, text }));
    let numbers = (1..9u8, 0..3u8, 0..3u8, 1..6u8, 0..9u8);
    (numbers, cause, templates(), files()).prop_map(|((tag, level, tier, replicas, told), cause, template, file)| {
        Manifest { tag, level, tier, replicas, told, cause, template, file, is_moved: false }
    })
}

fn edits() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (1..9u8).prop_map(Edit::Tag),
        2 => (0..3u8).prop_map(Edit::Level),
        1 => (0..3u8).prop_map(Edit::Tier),
        1 => (1..6u8).prop_map(Edit::Replicas),
        2 => (0..9u8).prop_map(Edit::Told),
        1 => (0..9u8).prop_map(Edit::Cause),
        2 => templates().prop_map(|template| Edit::Template(TemplateEdit(template))),
        1 => Just(Edit::Move),
    ]
}

/// The states of a file from commit to commit, the oldest first.
pub fn histories() -> impl Strategy<Value = Vec<Manifest>> {
    (manifests(), vec((vec(edits(), 1..3), prop::option::weighted(0.15, files())), 2..6)).prop_map(
        |(first, commits)| {
            let mut states = vec![first];
            for (edits, file) in commits {
                let mut next = states.last().expect("there is a first").clone();
                edits.into_iter().for_each(|edit| next.change(edit));
                next.file = file.unwrap_or(next.file);
                states.push(next);
            }
            states
        },
    )
}

impl Manifest {
    fn change(&mut self, edit: Edit) {
        match edit {
            Edit::Tag(tag) => self.tag = tag,
            Edit::Level(level) => self.level = level,
            Edit::Tier(tier) => self.tier = tier,
            Edit::Replicas(replicas) => self.replicas = replicas,
            Edit::Told(told) => self.told = told,
            Edit::Cause(text) => self.cause = self.cause.map(|cause| Cause { text, ..cause }),
            Edit::Template(TemplateEdit(template)) => self.template = template,
            Edit::Move => self.is_moved = !self.is_moved,
        }
    }

    pub fn path(&self) -> &'static str {
        match (self.file.form, self.is_moved) {
            (Form::Json, _) => "k8s/web.json",
            (_, false) => "k8s/web.yaml",
            (_, true) => "apps/web.yaml",
        }
    }

    pub fn parts(&self) -> Parts {
        let mut parts = if self.file.form == Form::Json { self.json() } else { self.yaml() };
        if self.file.has_bom {
            parts.head.insert(0, '\u{feff}');
        }
        if self.file.ends_with_newline {
            parts.tail.push('\n');
        }
        if self.file.is_crlf {
            let all = [&mut parts.head, &mut parts.cause, &mut parts.between, &mut parts.template, &mut parts.tail];
            all.into_iter().for_each(|part| *part = part.replace('\n', "\r\n"));
        }
        parts
    }

    /// Each part but the first begins where the line before it ends.
    fn yaml(&self) -> Parts {
        let (told, replicas) = (self.told, self.replicas);
        let node = if self.template == Template::ReachingOut { "&node n1" } else { "n1" };
        let mut head = format!(
            "# The front end, {told}.\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web # its name\n  annotations:\n    node: {node}"
        );
        let (mut cause, mut between) = (String::new(), String::new());
        if let Some(Cause { style, text }) = self.cause {
            head += "\n    kubernetes.io/change-cause: ";
            cause = format!("{style}cause {text}{style}");
            between += " # why";
        }
        between += &format!(
            "\nspec: # all\n  replicas: {replicas} # {told}\n  selector: {{matchLabels: {{app: web}}}}\n  # Before {told}.\n  template:"
        );
        let template = self.template_lines();
        let ready = if self.template == Template::Named { "*grace" } else { "20" };
        let tail = format!("\n  # Behind {told}.\n  minReadySeconds: {ready}");
        let parts = Parts { head, cause, between, template, tail };
        let service = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]} # all";
        match self.file.form {
            Form::Among => Parts {
                head: format!("{service}\n---\n{}", parts.head),
                tail: format!("{}\n---\n# another\n{}", parts.tail, service.replace("name: web", "name: shop")),
                ..parts
            },
            Form::Item => {
                let deeper = |text: &str| text.replace('\n', "\n  ");
                let items = format!("apiVersion: v1\nkind: List\nitems:\n- {}\n- ", deeper(service));
                Parts {
                    head: format!("{items}{}", deeper(&parts.head.replacen("# The front end", "# An item", 1))),
                    cause: parts.cause,
                    between: deeper(&parts.between),
                    template: deeper(&parts.template),
                    tail: deeper(&parts.tail),
                }
            }
            Form::Alone | Form::Json => parts,
        }
    }

    fn template_lines(&self) -> String {
        let (tag, told) = (self.tag, self.told);
        let step = if let Template::Lines(step) = self.template { step } else { 2 };
        let mut lines: Vec<(usize, String)> = Vec::new();
        let mut line = |depth: usize, text: String| lines.push((depth, text));
        if self.template == Template::Flow {
            let level = if self.level > 0 {
                format!(", env: [{{name: LEVEL, value: '{}'}}]", self.level)
            } else {
                String::new()
            };
            let tier = if self.tier > 0 { format!(", tier: t{}", self.tier) } else { String::new() };
            return format!(
                " {{metadata: {{labels: {{app: web{tier}}}}},\n    # {told}\n    spec: {{containers: [{{name: web, image: 'web:{tag}'{level}}}]}}}} # inline {told}"
            );
        }
        line(0, format!("# As release {told} has it."));
        line(0, "metadata:".into());
        let anchor = if self.template == Template::Aliased { " &labels" } else { "" };
        line(1, format!("labels:{anchor}"));
        line(2, "app: web # selected".into());
        if self.tier > 0 {
            line(2, format!("tier: t{}", self.tier));
        }
        if self.template == Template::Aliased {
            line(1, "annotations: *labels".into());
        }
        line(0, "spec:".into());
        match self.template {
            Template::ReachingOut => line(1, "nodeName: *node".into()),
            Template::Named => line(1, "terminationGracePeriodSeconds: &grace 20 # short".into()),
            _ => {}
        }
        line(1, "containers:".into());
        line(2, format!("# The one of {told}."));
        line(2, "- name: web".into());
        line(2, format!("  image: web:{tag} # {told}"));
        if self.template == Template::Script {
            for text in ["  args:", "  - -c", "  - |", "    #!/bin/sh", "    run  ", "", "    end # no comment"] {
                line(2, text.into());
            }
        }
        if self.level > 0 {
            line(2, "  env:".into());
            line(2, format!("  - {{name: LEVEL, value: \"{}\"}}", self.level));
        }
        line(0, format!("# End of {told}."));
        let text = |(depth, text): &(usize, String)| match text.as_str() {
            "" => "\n".to_owned(),
            text => format!("\n{:1$}{text}", "", 2 + step + depth * step),
        };
        lines.iter().map(text).collect()
    }

    fn json(&self) -> Parts {
        let mut head =
            "{\n  \"apiVersion\": \"apps/v1\",\n  \"kind\": \"Deployment\",\n  \"metadata\": {\"name\": \"web\""
                .to_owned();
        let (mut cause, mut between) = (String::new(), String::new());
        if let Some(Cause { text, .. }) = self.cause {
            head += ", \"annotations\": {\"kubernetes.io/change-cause\": ";
            cause = format!("\"cause {text}\"");
            between += "}";
        }
        between += &format!(
            "}},\n  \"spec\": {{\n    \"replicas\": {},\n    \"selector\": {{\"matchLabels\": {{\"app\": \"web\"}}}},\n    \"template\": ",
            self.replicas
        );
        let level = if self.level > 0 {
            format!(",\n          \"env\": [{{\"name\": \"LEVEL\", \"value\": \"{}\"}}]", self.level)
        } else {
            String::new()
        };
        let tier = if self.tier > 0 { format!(", \"tier\": \"t{}\"", self.tier) } else { String::new() };
        let template = format!(
            "{{\n      \"metadata\": {{\"labels\": {{\"app\": \"web\"{tier}}}}},\n      \"spec\": {{\n        \"containers\": [{{\n          \
             \"name\": \"web\",\n          \"image\": \"web:{}\"{level}\n        }}]\n      }}\n    }}",
            self.tag
        );
        Parts { head, cause, between, template, tail: ",\n    \"minReadySeconds\": 30\n  }\n}".to_owned() }
    }
}

impl Parts {
    pub fn text(&self) -> String {
        [&*self.head, &self.cause, &self.between, &self.template, &self.tail].concat()
    }

    /// Whether a text is this one but for the cause and the template. White space at the ends of a template can be its own.
    pub fn surround(&self, text: &str) -> bool {
        let middle = text.strip_prefix(&*self.head).and_then(|rest| rest.strip_suffix(self.tail.trim_start()));
        let between = self.between.trim_end();
        middle.is_some_and(|middle| match self.cause.is_empty() {
            true => middle.starts_with(between),
            false => middle.contains(between),
        })
    }

    /// Whether a text is this one but for the cause.
    pub fn is_but_for_the_cause(&self, text: &str) -> bool {
        let rest = [&*self.between, &self.template, &self.tail].concat();
        let cause = text.strip_prefix(&*self.head).and_then(|text| text.strip_suffix(&*rest));
        cause.is_some_and(|cause| !cause.contains('\n') && cause.is_empty() == self.cause.is_empty())
    }
}
