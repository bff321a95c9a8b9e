//! An Apache Parquet file in which every column is text, as in the CSV.

use std::{io::Write, sync::Arc};

use parquet::{
    basic::{Compression, LogicalType, Repetition, Type as Physical},
    data_type::{ByteArray, ByteArrayType},
    file::{properties::WriterProperties, writer::SerializedFileWriter},
    schema::types::Type,
};
use partake_core::open_data::header;

use super::table::Table;

/// Rows of a group, all of whose columns are in memory at once.
const GROUP: usize = 20_000;

pub(super) fn write(out: &mut (impl Write + Send), table: &Table) -> anyhow::Result<()> {
    let names = header(&table.variables);
    let columns = names
        .iter()
        .map(|name| {
            let column = Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
                .with_repetition(Repetition::REQUIRED)
                .with_logical_type(Some(LogicalType::String))
                .build()?;
            Ok(Arc::new(column))
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    let schema = Type::group_type_builder("responses")
        .with_fields(columns)
        .build()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .build();
    let mut file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
    let mut rows = table.rows().peekable();
    while rows.peek().is_some() {
        let mut cells: Vec<Vec<ByteArray>> = vec![Vec::new(); names.len()];
        for row in rows.by_ref().take(GROUP) {
            for (column, cell) in cells.iter_mut().zip(row?) {
                column.push(ByteArray::from(cell.into_bytes()));
            }
        }
        let mut group = file.next_row_group()?;
        for column in &cells {
            if let Some(mut writer) = group.next_column()? {
                writer
                    .typed::<ByteArrayType>()
                    .write_batch(column, None, None)?;
                writer.close()?;
            }
        }
        group.close()?;
    }
    file.close()?;
    Ok(())
}
