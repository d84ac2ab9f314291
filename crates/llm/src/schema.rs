//! What providers compile of JSON schema: how large a schema is, and that nothing in it would be dropped in silence.

use serde_json::{Map, Value};

/// How much of a provider's limits a schema takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// Properties that are not required. Anthropic takes 24 in a request.
    pub n_optional: usize,
    /// `anyOf` and lists of types. Anthropic takes 16 in a request.
    pub n_unions: usize,
    /// Objects and lists inside each other, at most.
    pub depth: usize,
}

/// Keywords that every provider honors. Bounds of numbers, texts and lists are dropped by some and refused by others.
const KNOWN: [&str; 9] = [
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "const",
    "anyOf",
    "description",
];

/// How large a schema is.
///
/// # Errors
/// With the place, where a keyword is not honored everywhere, or an object is not closed.
pub fn measure(schema: &Value) -> Result<Size, String> {
    let mut size = Size::default();
    walk(schema, "", 0, &mut size)?;
    Ok(size)
}

fn walk(schema: &Value, at: &str, depth: usize, size: &mut Size) -> Result<(), String> {
    let Some(object) = schema.as_object() else {
        return Err(format!("`{at}` is no object"));
    };
    if let Some(keyword) = object.keys().find(|key| !KNOWN.contains(&key.as_str())) {
        return Err(format!("`{at}` has `{keyword}`, which not every server honors"));
    }
    let kind = schema["type"].as_str();
    let nested = matches!(kind, Some("object" | "array"));
    let depth = depth + usize::from(nested);
    size.depth = size.depth.max(depth);
    size.n_unions += usize::from(schema["type"].is_array() || object.contains_key("anyOf"));
    if kind == Some("object") {
        if schema["additionalProperties"] != Value::Bool(false) {
            return Err(format!("`{at}` must have `additionalProperties: false`"));
        }
        let none = Map::new();
        let properties = schema["properties"].as_object().unwrap_or(&none);
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        size.n_optional +=
            properties.keys().filter(|name| !required.contains(&name.as_str())).count();
        for (name, of) in properties {
            walk(of, &format!("{at}/{name}"), depth, size)?;
        }
    }
    if let Some(items) = object.get("items") {
        walk(items, &format!("{at}/items"), depth, size)?;
    }
    for (n, one) in schema["anyOf"].as_array().into_iter().flatten().enumerate() {
        walk(one, &format!("{at}/anyOf/{n}"), depth, size)?;
    }
    Ok(())
}
