//! The schema of a file that is written again, and how its columns are written.

use std::sync::Arc;

use arrow_schema::{DataType, Field, FieldRef, Schema};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use parquet::arrow::{ARROW_SCHEMA_META_KEY, ArrowSchemaConverter, encode_arrow_schema};
use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::errors::Result;
use parquet::file::metadata::{KeyValue, ParquetMetaData};
use parquet::file::properties::WriterProperties;
use parquet::schema::types::{ColumnPath, Type, TypePtr};

/// The columns that are added: three texts and a flag.
pub(super) fn added(names: [&str; 4]) -> Vec<FieldRef> {
    let types = [DataType::Utf8, DataType::Utf8, DataType::Utf8, DataType::Boolean];
    names.iter().zip(types).map(|(name, kind)| Arc::new(Field::new(*name, kind, true))).collect()
}

/// How to write a file with the columns of another and some more: with its metadata and its compressions.
pub(super) fn properties(metadata: &ParquetMetaData, added: &[FieldRef]) -> WriterProperties {
    let mut properties = WriterProperties::builder().set_key_value_metadata(key_values(metadata, added));
    if let Some(group) = metadata.row_groups().first() {
        for column in group.columns() {
            properties = properties.set_column_compression(column.column_path().clone(), column.compression());
        }
        let first = group.columns().first().map_or(Compression::UNCOMPRESSED, |column| column.compression());
        for field in added {
            properties = properties.set_column_compression(ColumnPath::from(field.name().as_str()), first);
        }
    }
    properties.build()
}

/// The file's own metadata. Where Arrow's schema is noted in it, the added columns join that.
fn key_values(metadata: &ParquetMetaData, added: &[FieldRef]) -> Option<Vec<KeyValue>> {
    let mut pairs = metadata.file_metadata().key_value_metadata()?.clone();
    if !added.is_empty() {
        for pair in pairs.iter_mut().filter(|pair| pair.key == ARROW_SCHEMA_META_KEY) {
            pair.value = pair.value.as_deref().and_then(|noted| with_fields(noted, added));
        }
        // A schema that cannot be read helps nobody.
        pairs.retain(|pair| pair.key != ARROW_SCHEMA_META_KEY || pair.value.is_some());
    }
    Some(pairs)
}

/// A noted schema with fields more.
fn with_fields(noted: &str, added: &[FieldRef]) -> Option<String> {
    let bytes = BASE64.decode(noted).ok()?;
    // Newer notes begin with a mark and their length.
    let message = bytes.strip_prefix(&[0xFF; 4]).and_then(|rest| rest.get(4..)).unwrap_or(&bytes);
    let schema = arrow_ipc::root_as_message(message).ok()?.header_as_schema()?;
    let schema = arrow_ipc::convert::try_fb_to_schema(schema).ok()?;
    let fields: Vec<FieldRef> = schema.fields().iter().chain(added).cloned().collect();
    Some(encode_arrow_schema(&Schema::new_with_metadata(fields, schema.metadata().clone())))
}

/// Whether a file has types that can no longer be written.
pub(super) fn has_old_types(metadata: &ParquetMetaData) -> bool {
    metadata.file_metadata().schema_descr().columns().iter().any(|column| match column.physical_type() {
        Physical::INT96 => true,
        Physical::BYTE_ARRAY => column.converted_type() == ConvertedType::DECIMAL,
        _ => false,
    })
}

/// The storage's own schema with the added columns; or, where it is not to be the same, what would be written today.
pub(super) fn parquet_schema(
    metadata: &ParquetMetaData,
    schema: &Schema,
    added: &[FieldRef],
    is_same: bool,
) -> Result<TypePtr> {
    if !is_same {
        return Ok(ArrowSchemaConverter::new().convert(schema)?.root_schema_ptr());
    }
    let root = metadata.file_metadata().schema_descr().root_schema();
    let mut fields: Vec<TypePtr> = root.get_fields().to_vec();
    for field in added {
        fields.push(Arc::new(column(field)?));
    }
    Ok(Arc::new(Type::group_type_builder(root.name()).with_fields(fields).build()?))
}

fn column(field: &Field) -> Result<Type> {
    let (physical, logical) = match field.data_type() {
        DataType::Boolean => (Physical::BOOLEAN, None),
        _ => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
    };
    let builder = Type::primitive_type_builder(field.name(), physical).with_repetition(Repetition::OPTIONAL);
    builder.with_logical_type(logical).build()
}
