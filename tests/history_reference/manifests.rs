//! The files of a generated commit, and their text.

use std::collections::BTreeMap;

/// The files of one commit, by path.
pub type Tree = BTreeMap<String, File>;

#[derive(Clone, Default)]
pub struct File {
    pub documents: Vec<Document>,
    /// Written as one `kind: List`.
    pub is_list: bool,
    pub damage: Option<Damage>,
}

#[derive(Clone)]
pub enum Document {
    Workload(Workload),
    /// A Service, by a number that it carries.
    Service(usize),
}

/// What keeps a file from being read, and from where on.
#[derive(Clone, Copy)]
pub enum Damage {
    ConflictAtTheTop,
    ConflictAtTheEnd,
    HelmBraces,
}

#[derive(Clone)]
pub struct Workload {
    pub name: &'static str,
    pub namespace: Option<&'static str>,
    pub replicas: Option<usize>,
    pub tag: usize,
    pub cpu: usize,
    pub label: usize,
    pub cause: usize,
    pub history_limit: usize,
    /// A second container: none, behind the first, before it.
    pub log: usize,
    /// Whether it is of the API group of old.
    pub is_old: bool,
    pub style: Style,
}

/// How it is written, which says nothing to Kubernetes.
#[derive(Clone, Default)]
pub struct Style {
    pub comment: usize,
    pub spec_first: bool,
    pub block: bool,
    pub defaults_spelled_out: bool,
    pub cpu_in_millis: bool,
    pub image_first: bool,
}

impl Workload {
    pub fn new(name: &'static str) -> Self {
        let style = Style::default();
        Workload {
            name,
            namespace: None,
            replicas: Some(1),
            tag: 1,
            cpu: 1,
            label: 0,
            cause: 0,
            history_limit: 10,
            log: 0,
            is_old: false,
            style,
        }
    }

    fn text(&self) -> String {
        let comment = if self.style.comment > 0 { format!("# note {}\n", self.style.comment) } else { String::new() };
        let (metadata, spec) = (self.metadata(), self.spec());
        let body = if self.style.spec_first { spec + &metadata } else { metadata + &spec };
        let api_version = if self.is_old { "apps/v1beta2" } else { "apps/v1" };
        format!("apiVersion: {api_version}\nkind: Deployment\n{comment}{body}")
    }

    fn metadata(&self) -> String {
        let mut text = format!("metadata:\n  name: {}\n", self.name);
        if let Some(namespace) = self.namespace {
            text += &format!("  namespace: {namespace}\n");
        }
        if self.label > 0 {
            text += &format!("  labels: {{team: team-{}}}\n", self.label);
        }
        if self.cause > 0 {
            text += &format!("  annotations: {{kubernetes.io/change-cause: cause {}}}\n", self.cause);
        }
        text
    }

    fn spec(&self) -> String {
        let mut text = "spec:\n".to_owned();
        if let Some(replicas) = self.replicas {
            text += &format!("  replicas: {replicas}\n");
        }
        if self.history_limit != 10 || self.style.defaults_spelled_out {
            text += &format!("  revisionHistoryLimit: {}\n", self.history_limit);
        }
        text += "  selector: {matchLabels: {app: web}}\n  template:\n";
        text += if self.style.block {
            "    metadata:\n      labels:\n        app: web\n"
        } else {
            "    metadata: {labels: {app: web}}\n"
        };
        text += "    spec:\n";
        if self.style.defaults_spelled_out {
            text += "      restartPolicy: Always\n      terminationGracePeriodSeconds: 30\n";
        }
        text + "      containers:\n" + &self.containers().concat()
    }

    fn containers(&self) -> Vec<String> {
        let cpu = if self.style.cpu_in_millis { format!("{}000m", self.cpu) } else { self.cpu.to_string() };
        let (name, image) = ("name: web".to_owned(), format!("image: shop/web:1.{}", self.tag));
        let [first, second] = if self.style.image_first { [image, name] } else { [name, image] };
        let web = format!("      - {first}\n        {second}\n        resources: {{requests: {{cpu: {cpu}}}}}\n");
        let log = "      - name: log\n        image: shop/log:1\n".to_owned();
        match self.log {
            0 => vec![web],
            1 => vec![web, log],
            _ => vec![log, web],
        }
    }
}

impl Document {
    fn text(&self) -> String {
        match self {
            Document::Workload(workload) => workload.text(),
            Document::Service(number) => {
                format!(
                    "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports: [{{port: {}}}]\n",
                    8000 + number
                )
            }
        }
    }
}

impl File {
    pub fn of(document: Document) -> Self {
        File { documents: vec![document], ..File::default() }
    }

    pub fn text(&self) -> String {
        let texts: Vec<String> = self.documents.iter().map(Document::text).collect();
        let text = if self.is_list { list(&texts) } else { texts.join("---\n") };
        match self.damage {
            None => text,
            Some(Damage::ConflictAtTheTop) => format!("<<<<<<< HEAD\n{text}=======\n>>>>>>> theirs\n"),
            Some(Damage::ConflictAtTheEnd) => format!("{text}---\n<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> theirs\n"),
            Some(Damage::HelmBraces) => format!("{{{{- if .Values.web }}}}\n{text}{{{{- end }}}}\n"),
        }
    }
}

fn list(texts: &[String]) -> String {
    let item = |text: &String| format!("- {}\n", text.trim_end().replace('\n', "\n  "));
    let items: String = texts.iter().map(item).collect();
    format!("apiVersion: v1\nkind: List\nitems:\n{items}")
}
