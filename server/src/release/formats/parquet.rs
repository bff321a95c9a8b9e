//! An Apache Parquet file in which every column is text, as in the CSV.

use std::{io::Write, sync::Arc};

use parquet::{
    basic::{Compression, LogicalType, Repetition, Type as Physical},
    data_type::{ByteArray, ByteArrayType},
    errors::ParquetError,
    file::{properties::WriterProperties, writer::SerializedFileWriter},
    schema::types::Type,
};
use partake_core::open_data::header;

use super::{FormatError, Table};

/// Rows of a group, all of whose columns are in memory at once.
const GROUP: usize = 20_000;
/// Who wrote it; the same for every version of the writer, so that the bytes stay the same.
const WRITER: &str = "Partake";

type Columns = Vec<Vec<ByteArray>>;

pub(super) fn write(out: &mut (impl Write + Send), table: &Table) -> Result<(), FormatError> {
    let names = header(table.variables());
    let columns = names
        .iter()
        .map(|name| {
            let column = Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
                .with_repetition(Repetition::REQUIRED)
                .with_logical_type(Some(LogicalType::String))
                .build()?;
            Ok(Arc::new(column))
        })
        .collect::<Result<Vec<_>, ParquetError>>()?;
    let schema = Type::group_type_builder("responses")
        .with_fields(columns)
        .build()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(WRITER.to_owned())
        .build();
    let mut file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
    let mut cells: Columns = vec![Vec::new(); names.len()];
    table.each_row(|row| {
        for (column, cell) in cells.iter_mut().zip(row) {
            column.push(ByteArray::from(cell));
        }
        if cells.first().is_some_and(|column| column.len() == GROUP) {
            group(&mut file, &mut cells)?;
        }
        Ok(())
    })?;
    if cells.first().is_some_and(|column| !column.is_empty()) {
        group(&mut file, &mut cells)?;
    }
    file.close()?;
    Ok(())
}

fn group<W: Write + Send>(
    file: &mut SerializedFileWriter<W>,
    cells: &mut Columns,
) -> Result<(), ParquetError> {
    let mut group = file.next_row_group()?;
    for column in cells {
        if let Some(mut writer) = group.next_column()? {
            writer
                .typed::<ByteArrayType>()
                .write_batch(column, None, None)?;
            writer.close()?;
        }
        column.clear();
    }
    group.close()?;
    Ok(())
}
