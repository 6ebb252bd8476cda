//! Writes Parquet files: optional columns, Snappy compression, row groups of a few thousand records.

use super::columns::{Columns, Kind};
use crate::runs::cell::{Cell, Row};
use crate::runs::types::time;
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// The maximum number of records in a row group.
const ROW_GROUP_SIZE: usize = 5000;
/// The size of the records of a row group after which another one is started: they are in memory. A row of many short
/// values is much larger there than its texts.
const ROW_GROUP_BYTES: usize = 32 << 20;
/// The same for each column of a wide file: a row group has metadata for each column, in memory until the file is complete.
const ROW_GROUP_BYTES_PER_COLUMN: usize = 16 << 10;

/// Writes records to a new file. Without types, all columns are text.
pub(super) fn write(
    rows: impl Iterator<Item = io::Result<Row>>,
    columns: &Columns,
    typed: bool,
    to: &Path,
) -> io::Result<()> {
    let columns: Vec<(String, Kind)> = columns
        .kinds()
        .map(|(name, kind)| (name.to_owned(), if typed { kind } else { Kind::Text }))
        .collect();
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
    let schema = schema(&columns).map_err(io::Error::other)?;
    let file = File::create(to)?;
    let writer = SerializedFileWriter::new(file, schema, Arc::new(properties.build()));
    let mut writer = writer.map_err(io::Error::other)?;
    let most = ROW_GROUP_BYTES.max(columns.len() * ROW_GROUP_BYTES_PER_COLUMN);
    let (mut group, mut bytes) = (Vec::new(), 0);
    for row in rows {
        let row = row?;
        bytes += row.size();
        group.push(row);
        if group.len() == ROW_GROUP_SIZE || bytes > most {
            write_group(&mut writer, &columns, &group).map_err(io::Error::other)?;
            group.clear();
            bytes = 0;
        }
    }
    if !group.is_empty() {
        write_group(&mut writer, &columns, &group).map_err(io::Error::other)?;
    }
    writer.close().map_err(io::Error::other)?;
    Ok(())
}

fn schema(columns: &[(String, Kind)]) -> Result<TypePtr, ParquetError> {
    let mut fields = Vec::with_capacity(columns.len());
    for (name, kind) in columns {
        let (physical, logical) = match kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Integer => (Physical::INT64, None),
            Kind::Double => (Physical::DOUBLE, None),
            Kind::Bool => (Physical::BOOLEAN, None),
            Kind::Time => (
                Physical::INT64,
                Some(LogicalType::timestamp(true, TimeUnit::MILLIS)),
            ),
        };
        let field = Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical);
        fields.push(Arc::new(field.build()?));
    }
    let schema = Type::group_type_builder("records").with_fields(fields);
    Ok(Arc::new(schema.build()?))
}

fn write_group(
    writer: &mut SerializedFileWriter<File>,
    columns: &[(String, Kind)],
    rows: &[Row],
) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for (position, (name, kind)) in columns.iter().enumerate() {
        let cells = rows.iter().map(|row| {
            let cell = row.get_near(position, name);
            cell.filter(|cell| !cell.is_empty())
        });
        match kind {
            Kind::Text => {
                column::<ByteArrayType>(&mut group, cells, |text| Some(ByteArray::from(text)))
            }
            Kind::Integer => {
                column::<Int64Type>(&mut group, cells, |text| text.trim().parse().ok())
            }
            Kind::Double => {
                column::<DoubleType>(&mut group, cells, |text| text.trim().parse().ok())
            }
            Kind::Bool => column::<BoolType>(&mut group, cells, |text| text.trim().parse().ok()),
            Kind::Time => column::<Int64Type>(&mut group, cells, time),
        }?;
    }
    group.close()?;
    Ok(())
}

fn column<'a, T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, File>,
    cells: impl ExactSizeIterator<Item = Option<&'a Cell>>,
    read: impl Fn(&str) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let (mut values, mut levels) = (
        Vec::with_capacity(cells.len()),
        Vec::with_capacity(cells.len()),
    );
    for cell in cells {
        let value = cell.and_then(|cell| read(&cell.text()));
        levels.push(i16::from(value.is_some()));
        values.extend(value);
    }
    let missing = || ParquetError::General("missing column".to_owned());
    let mut column = group.next_column()?.ok_or_else(missing)?;
    column
        .typed::<T>()
        .write_batch(&values, Some(&levels), None)?;
    column.close()
}
