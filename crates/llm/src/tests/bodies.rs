//! What is sent, by provider and capability; and which schemas may be.

use expect_test::{Expect, expect};
use serde_json::{Value, json};

use crate::schema::{Size, measure};
use crate::{Day, Error, Message, Model, Request, Settings, Shape, Tool, ToolCall};

fn model(provider: &str, capabilities: &str) -> Model {
    let text = format!(
        "provider = '{provider}'\nbase_url = 'http://localhost/v1'\nmodel = 'm'\ncapabilities.m = {{ {capabilities} }}"
    );
    let settings: Settings = toml::from_str(&text).unwrap();
    Model::open(settings, |_| None).unwrap()
}

fn closed(properties: &Value) -> Value {
    let required: Vec<&String> = properties.as_object().unwrap().keys().collect();
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

fn request() -> Request {
    Request {
        system: "S".to_owned(),
        messages: vec![
            Message::User("Hi".to_owned()),
            Message::Assistant {
                text: String::new(),
                calls: vec![ToolCall {
                    id: "c".to_owned(),
                    name: "t".to_owned(),
                    arguments: "{\"a\":1}".to_owned(),
                }],
            },
            Message::ToolResult { id: "c".to_owned(), text: "no".to_owned(), failed: true },
        ],
        tools: vec![Tool {
            name: "t".to_owned(),
            description: "T".to_owned(),
            schema: closed(&json!({})),
        }],
        shape: Some(Shape {
            name: "s".to_owned(),
            schema: closed(&json!({"a": {"type": "integer"}})),
        }),
        max_tokens: 9,
    }
}

fn check(provider: &str, capabilities: &str, request: &Request, expected: &Expect) {
    expected.assert_eq(&model(provider, capabilities).body(request).to_string());
}

#[test]
fn a_model_that_can_everything_is_asked_for_everything() {
    let all = "json_schema = true, tools = true, strict_tools = true, prompt_cache = true, effort = 'low'";
    check(
        "anthropic",
        all,
        &request(),
        &expect![[
            r#"{"max_tokens":9,"messages":[{"content":"Hi","role":"user"},{"content":[{"id":"c","input":{"a":1},"name":"t","type":"tool_use"}],"role":"assistant"},{"content":[{"content":"no","is_error":true,"tool_use_id":"c","type":"tool_result"}],"role":"user"}],"model":"m","output_config":{"effort":"low","format":{"schema":{"additionalProperties":false,"properties":{"a":{"type":"integer"}},"required":["a"],"type":"object"},"type":"json_schema"}},"stream":true,"system":[{"cache_control":{"type":"ephemeral"},"text":"S","type":"text"}],"tool_choice":{"disable_parallel_tool_use":true,"type":"auto"},"tools":[{"description":"T","input_schema":{"additionalProperties":false,"properties":{},"required":[],"type":"object"},"name":"t","strict":true}]}"#
        ]],
    );
    check(
        "openai_compatible",
        all,
        &request(),
        &expect![[
            r#"{"max_tokens":9,"messages":[{"content":"S","role":"system"},{"content":"Hi","role":"user"},{"content":"","role":"assistant","tool_calls":[{"function":{"arguments":"{\"a\":1}","name":"t"},"id":"c","type":"function"}]},{"content":"no","role":"tool","tool_call_id":"c"}],"model":"m","parallel_tool_calls":false,"reasoning_effort":"low","stream":true,"stream_options":{"include_usage":true},"tools":[{"function":{"description":"T","name":"t","parameters":{"additionalProperties":false,"properties":{},"required":[],"type":"object"},"strict":true},"type":"function"}]}"#
        ]],
    );
}

#[test]
fn tools_and_a_shape_do_not_meet_at_openai_compatible_servers() {
    let plain = Request { tools: Vec::new(), ..request() };
    check(
        "openai_compatible",
        "json_schema = true, tools = true",
        &plain,
        &expect![[
            r#"{"max_tokens":9,"messages":[{"content":"S","role":"system"},{"content":"Hi","role":"user"},{"content":"","role":"assistant","tool_calls":[{"function":{"arguments":"{\"a\":1}","name":"t"},"id":"c","type":"function"}]},{"content":"no","role":"tool","tool_call_id":"c"}],"model":"m","response_format":{"json_schema":{"name":"s","schema":{"additionalProperties":false,"properties":{"a":{"type":"integer"}},"required":["a"],"type":"object"},"strict":true},"type":"json_schema"},"stream":true,"stream_options":{"include_usage":true}}"#
        ]],
    );
}

#[test]
fn a_model_that_nobody_described_is_asked_for_text() {
    let plain =
        Request { messages: vec![Message::User("Hi".to_owned())], tools: Vec::new(), ..request() };
    check(
        "anthropic",
        "",
        &plain,
        &expect![[
            r#"{"max_tokens":9,"messages":[{"content":"Hi","role":"user"}],"model":"m","stream":true,"system":[{"text":"S","type":"text"}]}"#
        ]],
    );
    check(
        "openai_compatible",
        "",
        &plain,
        &expect![[
            r#"{"max_tokens":9,"messages":[{"content":"S","role":"system"},{"content":"Hi","role":"user"}],"model":"m","stream":true,"stream_options":{"include_usage":true}}"#
        ]],
    );
    let unable = model("openai_compatible", "").stream(&request(), Day(1)).map(drop);
    assert_eq!(unable, Err(Error::Unsupported("tools")));
}

#[test]
fn schemas_are_measured_before_they_are_sent() {
    let flat = closed(
        &json!({"a": {"type": "array", "items": closed(&json!({"b": {"type": "string", "enum": ["x"]}}))}}),
    );
    assert_eq!(measure(&flat), Ok(Size { n_optional: 0, n_unions: 0, depth: 3 }));
    let open = json!({"type": "object", "properties": {"a": {"type": ["string", "null"]}}, "additionalProperties": false});
    assert_eq!(measure(&open), Ok(Size { n_optional: 1, n_unions: 1, depth: 1 }));
    for (schema, why) in [
        (json!({"type": "object", "properties": {}}), "`` must have `additionalProperties: false`"),
        (
            closed(&json!({"a": {"type": "integer", "maximum": 6}})),
            "`/a` has `maximum`, which not every server honors",
        ),
        (closed(&json!({"a": {"$ref": "#"}})), "`/a` has `$ref`, which not every server honors"),
        (closed(&json!({"a": true})), "`/a` is no object"),
    ] {
        assert_eq!(measure(&schema), Err(why.to_owned()));
    }
    let many: Value = (0..25)
        .map(|n| (n.to_string(), json!({"type": "string"})))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let many = json!({"type": "object", "properties": many, "additionalProperties": false});
    let shape = Some(Shape { name: "s".to_owned(), schema: many });
    let asked = model("openai_compatible", "")
        .stream(&Request { shape, tools: Vec::new(), ..request() }, Day(1))
        .map(drop);
    assert_eq!(
        asked,
        Err(Error::Schema("25 optional properties of 24, 0 unions of 16".to_owned()))
    );
}
