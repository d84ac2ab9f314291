//! Where exactly a message is wrong: a slow second look, only at messages that were refused.

use motion::pose::Skeleton;
use serde_json::{Error, Map, Value};

use super::frame::{MAX_FRACTION, MAX_METRES, index_of};
use super::message::{WireError, shown};

/// The field and the remedy for a message that could not be read.
pub(super) fn of(text: &str, error: &Error) -> WireError {
    let Ok(Value::Object(fields)) = serde_json::from_str(text) else {
        return WireError::new(
            "message",
            format!(
                "{error}; send one JSON object such as {{\"ts_ms\": 33, \"keypoints\": {{\"left_knee\": {{\"x\": 0.5, \"y\": 0.7, \"score\": 0.9}}}}}}"
            ),
        );
    };
    in_fields(&fields).unwrap_or_else(|| WireError::new("message", error.to_string()))
}

fn in_fields(fields: &Map<String, Value>) -> Option<WireError> {
    fields.iter().find_map(|(name, value)| match name.as_str() {
        "keypoints" => in_keypoints(value),
        "lm" => in_rows("lm", value, MAX_FRACTION),
        "world" => in_rows("world", value, MAX_METRES),
        "ts_ms" | "t_ms" | "width" | "height" | "height_cm" => not_a_number(name, value),
        "hands_free" => wrong_type(name, value, value.is_boolean(), "true or false"),
        "type" | "exercise_id" | "standard" | "language" | "session" | "reference_id" | "name" => {
            wrong_type(name, value, value.is_string(), "text")
        }
        "frames" => in_frames(value),
        _ => None,
    })
}

fn in_frames(value: &Value) -> Option<WireError> {
    let Value::Array(frames) = value else {
        return wrong_type("frames", value, false, "an array of frames");
    };
    frames.iter().enumerate().find_map(|(index, frame)| {
        let field = format!("frames[{index}]");
        match frame {
            Value::Object(fields) => in_fields(fields)
                .map(|error| WireError::new(format!("{field}.{}", error.field), error.message)),
            _ => wrong_type(&field, frame, false, "a frame")
                .or_else(|| Some(WireError::new(field, "it is null; leave the frame out"))),
        }
    })
}

fn wrong_type(field: &str, value: &Value, right: bool, wanted: &str) -> Option<WireError> {
    (!right && !value.is_null())
        .then(|| WireError::new(field, format!("`{}` is not {wanted}", shown(&value.to_string()))))
}

fn not_a_number(field: &str, value: &Value) -> Option<WireError> {
    wrong_type(field, value, value.is_number(), "a number")
}

fn in_keypoints(value: &Value) -> Option<WireError> {
    let Value::Object(points) = value else {
        return wrong_type("keypoints", value, false, "an object of landmarks by name");
    };
    points.iter().find_map(|(name, point)| {
        let field = format!("keypoints.{}", shown(name));
        if index_of(name, 0).is_none() {
            let known = Skeleton::BlazePose33.names().join(", ");
            return Some(WireError::new(
                field,
                format!("it is no landmark of MediaPipe's; known are {known}"),
            ));
        }
        let score = point.get("score").or_else(|| point.get("visibility"));
        [("x", point.get("x")), ("y", point.get("y")), ("score", score)].into_iter().find_map(
            |(part, number)| {
                in_number(&format!("{field}.{part}"), number.unwrap_or(&Value::Null), MAX_FRACTION)
            },
        )
    })
}

fn in_rows(field: &str, value: &Value, most: f64) -> Option<WireError> {
    let Value::Array(rows) = value else {
        return wrong_type(field, value, false, "an array of rows");
    };
    let world = field == "world";
    let n_columns = match rows.len() {
        17 if !world => 3,
        0 | 17 | 33 if world => 3,
        0 | 33 => 4,
        n => {
            let message = format!("it has {n} rows; give 33 as MediaPipe does, or 17 as COCO does");
            return Some(WireError::new(field, message));
        }
    };
    rows.iter().enumerate().find_map(|(index, row)| {
        let field = format!("{field}[{index}]");
        let columns = row.as_array().map_or(0, Vec::len);
        if columns != n_columns {
            let message = format!("it has {columns} numbers, not {n_columns}");
            return Some(WireError::new(field, message));
        }
        let mut numbers = row.as_array().into_iter().flatten().enumerate();
        numbers.find_map(|(k, number)| in_number(&format!("{field}[{k}]"), number, most))
    })
}

fn in_number(field: &str, value: &Value, most: f64) -> Option<WireError> {
    let message = match value.as_f64() {
        None if value.is_null() => "it is missing; give a number".to_owned(),
        None => format!("`{}` is not a number", shown(&value.to_string())),
        Some(number) if number.abs() > most => {
            format!(
                "`{number}` is too large: x and y are fractions of the image, 0 to 1, not pixels"
            )
        }
        Some(_) => return None,
    };
    Some(WireError::new(field, message))
}
