//! OpenAI's chat completions, as Ollama, llama.cpp and vLLM speak them: the request's body, and the stream's chunks.
//!
//! They differ: Ollama's tool calls may lack an index and end with `stop`; its reasoning has a field of its own; vLLM
//! puts the last text beside the reason; some never give a reason before `[DONE]`. All of that reads the same here.

use serde_json::{Value, json};

use crate::decoder::{count, text};
use crate::event::{Event, Fault, Stop, Usage};
use crate::request::{Message, Request};
use crate::settings::Capabilities;

/// Calls of one answer; more is a server that has gone mad.
const MOST_CALLS: usize = 64;

pub(crate) fn body(model: &str, can: &Capabilities, request: &Request) -> Value {
    let system = json!({"role": "system", "content": request.system});
    let messages = std::iter::once(system).chain(request.messages.iter().map(message));
    let mut body = json!({
        "model": model,
        "max_tokens": request.max_tokens,
        "stream": true,
        "stream_options": {"include_usage": true},
        "messages": messages.collect::<Vec<_>>(),
    });
    let uses_tools = can.tools && !request.tools.is_empty();
    if uses_tools {
        let tools = request.tools.iter().map(|tool| {
            let mut function = json!({
                "name": tool.name, "description": tool.description, "parameters": tool.schema,
            });
            if can.strict_tools {
                function["strict"] = json!(true);
            }
            json!({"type": "function", "function": function})
        });
        body["tools"] = tools.collect();
        if !can.parallel_tools {
            body["parallel_tool_calls"] = json!(false);
        }
    }
    // Several servers take a grammar or tools, not both (llama.cpp says 400).
    if let Some(shape) = request.shape.as_ref().filter(|_| can.json_schema && !uses_tools) {
        body["response_format"] = json!({
            "type": "json_schema",
            "json_schema": {"name": shape.name, "strict": true, "schema": shape.schema},
        });
    }
    if let Some(effort) = &can.effort {
        body["reasoning_effort"] = json!(effort);
    }
    body
}

fn message(message: &Message) -> Value {
    match message {
        Message::User(text) => json!({"role": "user", "content": text}),
        Message::Assistant { text, calls } if calls.is_empty() => {
            json!({"role": "assistant", "content": text})
        }
        Message::Assistant { text, calls } => {
            let calls = calls.iter().map(|call| {
                let function = json!({"name": call.name, "arguments": call.arguments});
                json!({"id": call.id, "type": "function", "function": function})
            });
            json!({"role": "assistant", "content": text, "tool_calls": calls.collect::<Vec<_>>()})
        }
        Message::ToolResult { id, text, .. } => {
            json!({"role": "tool", "tool_call_id": id, "content": text})
        }
    }
}

/// What was read so far of one answer.
#[derive(Debug, Default)]
pub(crate) struct Wire {
    started: bool,
    stop: Option<Stop>,
    refusal: Option<String>,
    /// For each call, the index and the id that the server gave it.
    calls: Vec<(Option<u64>, String)>,
    said_something: bool,
}

impl Wire {
    /// At the end of the bytes: complete if there was a reason.
    pub(crate) fn finish(&mut self) -> Option<Stop> {
        self.stop.is_some().then(|| self.done())
    }

    /// At `[DONE]`: complete, with or without a reason.
    pub(crate) fn done(&mut self) -> Stop {
        if let Some(explanation) = self.refusal.take() {
            return Stop::Refusal { category: None, explanation: Some(explanation) };
        }
        match self.stop.take() {
            Some(Stop::End) | None if !self.calls.is_empty() => Stop::ToolUse,
            Some(stop) => stop,
            None if self.said_something => Stop::End,
            None => Stop::Other("nothing".to_owned()),
        }
    }

    pub(crate) fn read(&mut self, name: &str, chunk: &Value, out: &mut Vec<Event>) {
        if let Some(fault) = fault(name, chunk) {
            out.push(Event::Failed(fault));
            return;
        }
        if !std::mem::replace(&mut self.started, true) {
            out.push(Event::Started { model: text(&chunk["model"]).to_owned() });
        }
        let choice = &chunk["choices"][0];
        let delta = &choice["delta"];
        let thinks = ["reasoning", "reasoning_content"];
        if thinks.iter().any(|field| !text(&delta[*field]).is_empty()) {
            out.push(Event::Alive);
        }
        if let Some(content) = delta["content"].as_str().filter(|content| !content.is_empty()) {
            self.said_something = true;
            out.push(Event::Text(content.to_owned()));
        }
        if let Some(refusal) = delta["refusal"].as_str().filter(|refusal| !refusal.is_empty()) {
            let all = self.refusal.get_or_insert_default();
            if all.len() < 1000 {
                all.push_str(refusal);
            }
            out.push(Event::Alive);
        }
        for call in delta["tool_calls"].as_array().into_iter().flatten() {
            self.call(call, out);
        }
        // Old Ollama writes "" where it means null.
        if let Some(reason) = choice["finish_reason"].as_str().filter(|reason| !reason.is_empty()) {
            self.stop = Some(stop(reason));
        }
        let usage = &chunk["usage"];
        if usage.is_object() {
            let cached = count(&usage["prompt_tokens_details"]["cached_tokens"]);
            out.push(Event::Usage(Usage {
                input: count(&usage["prompt_tokens"]).saturating_sub(cached),
                output: count(&usage["completion_tokens"]),
                cache_read: cached,
                cache_write: 0,
            }));
        }
    }

    fn call(&mut self, call: &Value, out: &mut Vec<Event>) {
        let given = call["index"].as_u64();
        let function = &call["function"];
        let name = text(&function["name"]);
        // A name without an index is a new call; Ollama once gave every call the index 0, each with an id of its own.
        let id = text(&call["id"]);
        let known = self.calls.iter().rposition(|(index, _)| *index == given);
        let is_new = |index: usize| {
            !name.is_empty() && (given.is_none() || !id.is_empty()) && self.calls[index].1 != id
        };
        let index = match known {
            Some(index) if !is_new(index) => index,
            _ if name.is_empty() => return,
            _ if self.calls.len() == MOST_CALLS => {
                out.push(Event::Failed(Fault::Garbled("calls without end".to_owned())));
                return;
            }
            _ => {
                let index = self.calls.len();
                let id = if id.is_empty() { format!("call_{index}") } else { id.to_owned() };
                self.calls.push((given, id.clone()));
                out.push(Event::ToolStart { index, id, name: name.to_owned() });
                index
            }
        };
        let json = match &function["arguments"] {
            Value::Null => String::new(),
            Value::String(json) => json.clone(),
            // Some servers forget to make text of them.
            other => other.to_string(),
        };
        if !json.is_empty() {
            out.push(Event::ToolArguments { index, json });
        }
    }
}

/// `{"error": {…}}`, an event of that name, or vLLM's older `{"object": "error", …}`.
fn fault(name: &str, chunk: &Value) -> Option<Fault> {
    let error = match (&chunk["error"], text(&chunk["object"])) {
        (Value::Null, "error") => chunk,
        (Value::Null, _) if name == "error" => chunk,
        (Value::Null, _) => return None,
        (error, _) => error,
    };
    let message = error.as_str().unwrap_or_else(|| text(&error["message"]));
    let code = error["code"].as_u64().and_then(|code| u16::try_from(code).ok());
    let message = match text(&error["type"]) {
        "" => message.to_owned(),
        kind => format!("{message} ({kind})"),
    };
    Some(Fault::Server { code: code.unwrap_or(500), message })
}

fn stop(reason: &str) -> Stop {
    match reason {
        "stop" => Stop::End,
        "tool_calls" | "function_call" => Stop::ToolUse,
        "length" => Stop::MaxTokens,
        "content_filter" => Stop::Refusal { category: Some(reason.to_owned()), explanation: None },
        other => Stop::Other(other.to_owned()),
    }
}
