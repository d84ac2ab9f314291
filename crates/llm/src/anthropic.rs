//! Anthropic's Messages: the request's body, and the events of the stream.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::decoder::{count, text};
use crate::event::{Event, Fault, Stop, Usage};
use crate::request::{Message, Request};
use crate::settings::Capabilities;

/// The API's version, a header of every request.
pub(crate) const VERSION: &str = "2023-06-01";

pub(crate) fn body(model: &str, can: &Capabilities, request: &Request) -> Value {
    let mut system = json!({"type": "text", "text": request.system});
    if can.prompt_cache {
        system["cache_control"] = json!({"type": "ephemeral"});
    }
    let mut body = json!({
        "model": model,
        "max_tokens": request.max_tokens,
        "stream": true,
        "messages": request.messages.iter().map(message).collect::<Vec<_>>(),
    });
    // An empty text is refused.
    if !request.system.is_empty() {
        body["system"] = json!([system]);
    }
    if can.tools && !request.tools.is_empty() {
        let tools = request.tools.iter().map(|tool| {
            let mut one = json!({
                "name": tool.name, "description": tool.description, "input_schema": tool.schema,
            });
            if can.strict_tools {
                one["strict"] = json!(true);
            }
            one
        });
        body["tools"] = tools.collect();
        if !can.parallel_tools {
            body["tool_choice"] = json!({"type": "auto", "disable_parallel_tool_use": true});
        }
    }
    if let Some(shape) = request.shape.as_ref().filter(|_| can.json_schema) {
        body["output_config"]["format"] = json!({"type": "json_schema", "schema": shape.schema});
    }
    if let Some(effort) = &can.effort {
        body["output_config"]["effort"] = json!(effort);
    }
    body
}

fn message(message: &Message) -> Value {
    match message {
        Message::User(text) => json!({"role": "user", "content": text}),
        Message::Assistant { text, calls } => {
            let said = (!text.is_empty()).then(|| json!({"type": "text", "text": text}));
            let calls = calls.iter().map(|call| {
                let input: Value =
                    serde_json::from_str(&call.arguments).unwrap_or_else(|_| json!({}));
                json!({"type": "tool_use", "id": call.id, "name": call.name, "input": input})
            });
            json!({"role": "assistant", "content": said.into_iter().chain(calls).collect::<Vec<_>>()})
        }
        Message::ToolResult { id, text, failed } => json!({"role": "user", "content": [
            {"type": "tool_result", "tool_use_id": id, "content": text, "is_error": failed}
        ]}),
    }
}

/// What was read so far of one answer.
#[derive(Debug, Default)]
pub(crate) struct Wire {
    usage: Usage,
    /// Tools by the index of their block.
    tools: BTreeMap<u64, usize>,
    stop: Option<Stop>,
}

impl Wire {
    pub(crate) fn finish(&mut self) -> Option<Stop> {
        self.stop.take()
    }

    pub(crate) fn read(&mut self, value: &Value, out: &mut Vec<Event>) {
        match text(&value["type"]) {
            "message_start" => {
                let message = &value["message"];
                out.push(Event::Started { model: text(&message["model"]).to_owned() });
                self.count(&message["usage"], out);
            }
            "content_block_start" => self.start(value, out),
            "content_block_delta" => self.delta(value, out),
            "message_delta" => {
                if let Some(reason) = value["delta"]["stop_reason"].as_str() {
                    self.stop = Some(stop(reason, &value["delta"]));
                }
                self.count(&value["usage"], out);
            }
            "message_stop" => {
                let none = || Stop::Other("no reason".to_owned());
                out.push(Event::Stop(self.stop.take().unwrap_or_else(none)));
            }
            "error" => {
                let error = &value["error"];
                let code = status(text(&error["type"]));
                let message = format!("{} ({})", text(&error["message"]), text(&error["type"]));
                out.push(Event::Failed(Fault::Server { code, message }));
            }
            "ping" => out.push(Event::Alive),
            // `content_block_stop`, and whatever is newer than this code.
            _ => {}
        }
    }

    fn start(&mut self, value: &Value, out: &mut Vec<Event>) {
        let block = &value["content_block"];
        match text(&block["type"]) {
            "tool_use" => {
                let index = self.tools.len();
                self.tools.insert(count(&value["index"]), index);
                let (id, name) = (text(&block["id"]).to_owned(), text(&block["name"]).to_owned());
                out.push(Event::ToolStart { index, id, name });
            }
            "text" if !text(&block["text"]).is_empty() => {
                out.push(Event::Text(text(&block["text"]).to_owned()));
            }
            "text" => {}
            _ => out.push(Event::Alive),
        }
    }

    fn delta(&self, value: &Value, out: &mut Vec<Event>) {
        let delta = &value["delta"];
        match text(&delta["type"]) {
            "text_delta" => out.push(Event::Text(text(&delta["text"]).to_owned())),
            "input_json_delta" => {
                // Of a tool that runs at the provider, nobody here is asked.
                let Some(&index) = self.tools.get(&count(&value["index"])) else { return };
                let json = text(&delta["partial_json"]).to_owned();
                out.push(Event::ToolArguments { index, json });
            }
            _ => out.push(Event::Alive),
        }
    }

    /// The counts are of the whole answer so far; a `message_delta` often leaves out those of the input.
    fn count(&mut self, usage: &Value, out: &mut Vec<Event>) {
        let fields = [
            ("input_tokens", &mut self.usage.input),
            ("output_tokens", &mut self.usage.output),
            ("cache_read_input_tokens", &mut self.usage.cache_read),
            ("cache_creation_input_tokens", &mut self.usage.cache_write),
        ];
        for (name, field) in fields {
            *field = usage[name].as_u64().unwrap_or(*field);
        }
        if usage.is_object() {
            out.push(Event::Usage(self.usage));
        }
    }
}

fn stop(reason: &str, delta: &Value) -> Stop {
    let detail = |name: &str| delta["stop_details"][name].as_str().map(str::to_owned);
    match reason {
        "end_turn" => Stop::End,
        "tool_use" => Stop::ToolUse,
        "max_tokens" => Stop::MaxTokens,
        "stop_sequence" => Stop::Sequence,
        "pause_turn" => Stop::Pause,
        "refusal" => {
            Stop::Refusal { category: detail("category"), explanation: detail("explanation") }
        }
        "model_context_window_exceeded" => Stop::ContextFull,
        other => Stop::Other(other.to_owned()),
    }
}

/// The status that an error in a stream would have had before it.
fn status(kind: &str) -> u16 {
    match kind {
        "invalid_request_error" => 400,
        "authentication_error" => 401,
        "billing_error" => 402,
        "permission_error" => 403,
        "not_found_error" => 404,
        "conflict_error" => 409,
        "request_too_large" => 413,
        "rate_limit_error" => 429,
        "timeout_error" => 504,
        "overloaded_error" => 529,
        _ => 500,
    }
}
