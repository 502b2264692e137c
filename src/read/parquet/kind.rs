//! What the values of a leaf mean: storage knows eight types, and what they stand for is an annotation.

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Span, Timestamp};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type as Physical};
use parquet::schema::types::Type;

/// What the values of a leaf mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    /// A number without a sign, which is stored as one that has it.
    Unsigned,
    Flag,
    /// Days since 1970.
    Date,
    /// So many in a second since 1970; civil time unless in UTC.
    Moment {
        per_second: i64,
        is_utc: bool,
    },
    /// A number, times this power of ten below one.
    Decimal {
        scale: u8,
    },
    /// Sixteen bytes.
    Uuid,
    /// Times of day, intervals, half-precision numbers: nothing that an article has.
    Unused,
}

impl Kind {
    /// What a leaf of a schema holds.
    pub(super) fn of(leaf: &Type) -> Kind {
        let info = leaf.get_basic_info();
        let kind = match info.logical_type_ref() {
            Some(logical) => Kind::of_logical(logical),
            None => Kind::of_converted(info.converted_type(), leaf),
        };
        kind.unwrap_or(match leaf.get_physical_type() {
            Physical::BOOLEAN => Kind::Flag,
            Physical::INT32 | Physical::INT64 | Physical::FLOAT | Physical::DOUBLE => Kind::Number,
            // Which day, and which nanosecond of it; writers did not agree on the zone.
            Physical::INT96 => Kind::Moment { per_second: 1_000_000_000, is_utc: false },
            Physical::BYTE_ARRAY | Physical::FIXED_LEN_BYTE_ARRAY => Kind::Text,
        })
    }

    fn of_logical(logical: &LogicalType) -> Option<Kind> {
        Some(match logical {
            LogicalType::String | LogicalType::Enum | LogicalType::Json => Kind::Text,
            LogicalType::Decimal(decimal) => Kind::Decimal { scale: u8::try_from(decimal.scale).ok()? },
            LogicalType::Date => Kind::Date,
            LogicalType::Timestamp(moment) => {
                let per_second = match moment.unit {
                    TimeUnit::MILLIS => 1_000,
                    TimeUnit::MICROS => 1_000_000,
                    TimeUnit::NANOS => 1_000_000_000,
                };
                Kind::Moment { per_second, is_utc: moment.is_adjusted_to_u_t_c }
            }
            LogicalType::Integer(integer) if !integer.is_signed => Kind::Unsigned,
            LogicalType::Integer(_) => return None,
            LogicalType::Uuid => Kind::Uuid,
            _ => Kind::Unused,
        })
    }

    fn of_converted(converted: ConvertedType, leaf: &Type) -> Option<Kind> {
        Some(match converted {
            ConvertedType::UTF8 | ConvertedType::ENUM | ConvertedType::JSON => Kind::Text,
            ConvertedType::DECIMAL => Kind::Decimal { scale: u8::try_from(leaf.get_scale()).ok()? },
            ConvertedType::DATE => Kind::Date,
            ConvertedType::TIMESTAMP_MILLIS => Kind::Moment { per_second: 1_000, is_utc: true },
            ConvertedType::TIMESTAMP_MICROS => Kind::Moment { per_second: 1_000_000, is_utc: true },
            ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64 => {
                Kind::Unsigned
            }
            ConvertedType::TIME_MILLIS | ConvertedType::TIME_MICROS | ConvertedType::INTERVAL | ConvertedType::BSON => {
                Kind::Unused
            }
            _ => return None,
        })
    }
}

/// A date as `2025-09-19`; `None` beyond the years that a date can have.
pub(super) fn date(days: i64) -> Option<String> {
    let epoch = Date::constant(1970, 1, 1);
    let date = epoch.checked_add(Span::new().try_days(days).ok()?).ok()?;
    Some(date.to_string())
}

/// A moment as `2025-09-19T21:39:00Z`, and without the `Z` where it is civil time.
pub(super) fn moment(count: i64, per_second: i64, is_utc: bool) -> Option<String> {
    let (seconds, rest) = (count.div_euclid(per_second), count.rem_euclid(per_second));
    let nanos = i32::try_from(rest * (1_000_000_000 / per_second)).ok()?;
    let moment = Timestamp::new(seconds, nanos).ok()?;
    Some(if is_utc { moment.to_string() } else { Offset::UTC.to_datetime(moment).to_string() })
}

/// A decimal number with its point.
pub(super) fn decimal(unscaled: i128, scale: u8) -> String {
    let digits = format!("{:0width$}", unscaled.unsigned_abs(), width = usize::from(scale) + 1);
    let sign = if unscaled < 0 { "-" } else { "" };
    let (whole, fraction) = digits.split_at(digits.len() - usize::from(scale));
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// The number that bytes are in big-endian order; `None` for more than sixteen.
pub(super) fn unscaled(bytes: &[u8]) -> Option<i128> {
    let mut wide = [if bytes.first().is_some_and(|b| *b >= 0x80) { 0xFF } else { 0 }; 16];
    wide.get_mut(16usize.checked_sub(bytes.len())?..)?.copy_from_slice(bytes);
    Some(i128::from_be_bytes(wide))
}

/// A UUID in its usual form.
pub(super) fn uuid(bytes: &[u8]) -> Option<String> {
    let bytes: [u8; 16] = bytes.try_into().ok()?;
    let hex = format!("{:032x}", u128::from_be_bytes(bytes));
    Some([&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_text() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(moment(1_758_317_940, 1, true), some("2025-09-19T21:39:00Z"));
        assert_eq!(moment(1_758_317_940_123, 1000, true), some("2025-09-19T21:39:00.123Z"));
        assert_eq!(moment(1_758_317_940_000_000, 1_000_000, false), some("2025-09-19T21:39:00"));
        assert_eq!(moment(-1_000_000_000, 1_000_000_000, true), some("1969-12-31T23:59:59Z"));
        assert_eq!(moment(i64::MAX, 1, true), None);
        assert_eq!(moment(i64::MIN, 1000, false), None);
        assert_eq!(date(20_350), some("2025-09-19"));
        assert_eq!(date(-1), some("1969-12-31"));
        assert_eq!(date(i64::MAX), None);
    }

    #[test]
    fn numbers_of_any_width_are_written_in_decimal() {
        assert_eq!(decimal(-5, 2), "-0.05");
        assert_eq!(decimal(12_345, 2), "123.45");
        assert_eq!(decimal(7, 0), "7");
        assert_eq!(unscaled(&[0xFF, 0xFE]), Some(-2));
        assert_eq!(unscaled(&[1, 0]), Some(256));
        assert_eq!(unscaled(&[0; 17]), None);
        assert_eq!(uuid(&[0x12; 16]).unwrap(), "12121212-1212-1212-1212-121212121212");
    }
}
