//! Of views, what a template speaks of: of each struct only the fields with names that stand in it.

use crate::site::view::Names;
use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct,
    SerializeTupleVariant, Serializer,
};

/// `of` without the fields that `names` does not hold, at every depth.
pub(super) struct Spoken<'a, T: ?Sized> {
    pub(super) of: &'a T,
    pub(super) names: &'a Names,
}

impl<T: Serialize + ?Sized> Serialize for Spoken<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.of.serialize(Passing { inner: serializer, names: self.names })
    }
}

/// Passes on what `inner` is to serialise, or what is to be serialised into a part of it.
struct Passing<'a, I> {
    inner: I,
    names: &'a Names,
}

impl<'a, I> Passing<'a, I> {
    fn part<J>(self, of: impl FnOnce(I) -> Result<J, I::Error>) -> Result<Passing<'a, J>, I::Error>
    where
        I: Serializer,
    {
        Ok(Passing { inner: of(self.inner)?, names: self.names })
    }
}

/// Passes values on that hold no fields.
macro_rules! pass_on {
    ($($method:ident($of:ty))*) => {
        $(fn $method(self, value: $of) -> Result<I::Ok, I::Error> {
            self.inner.$method(value)
        })*
    };
}

impl<'a, I: Serializer> Serializer for Passing<'a, I> {
    type Ok = I::Ok;
    type Error = I::Error;
    type SerializeSeq = Passing<'a, I::SerializeSeq>;
    type SerializeTuple = Passing<'a, I::SerializeTuple>;
    type SerializeTupleStruct = Passing<'a, I::SerializeTupleStruct>;
    type SerializeTupleVariant = Passing<'a, I::SerializeTupleVariant>;
    type SerializeMap = Passing<'a, I::SerializeMap>;
    type SerializeStruct = Fields<'a, I::SerializeStruct>;
    type SerializeStructVariant = Fields<'a, I::SerializeStructVariant>;

    pass_on! {
        serialize_bool(bool) serialize_char(char) serialize_str(&str) serialize_bytes(&[u8]) serialize_f32(f32)
        serialize_f64(f64) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_unit_struct(&'static str)
    }

    fn serialize_none(self) -> Result<I::Ok, I::Error> {
        self.inner.serialize_none()
    }

    fn serialize_unit(self) -> Result<I::Ok, I::Error> {
        self.inner.serialize_unit()
    }

    fn serialize_unit_variant(self, of: &'static str, index: u32, name: &'static str) -> Result<I::Ok, I::Error> {
        self.inner.serialize_unit_variant(of, index, name)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, of: &T) -> Result<I::Ok, I::Error> {
        self.inner.serialize_some(&Spoken { of, names: self.names })
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, of: &T) -> Result<I::Ok, I::Error> {
        self.inner.serialize_newtype_struct(name, &Spoken { of, names: self.names })
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        of: &T,
    ) -> Result<I::Ok, I::Error> {
        self.inner.serialize_newtype_variant(name, index, variant, &Spoken { of, names: self.names })
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Self::SerializeSeq, I::Error> {
        self.part(|inner| inner.serialize_seq(len))
    }

    fn serialize_tuple(self, len: usize) -> Result<Self::SerializeTuple, I::Error> {
        self.part(|inner| inner.serialize_tuple(len))
    }

    fn serialize_tuple_struct(self, name: &'static str, len: usize) -> Result<Self::SerializeTupleStruct, I::Error> {
        self.part(|inner| inner.serialize_tuple_struct(name, len))
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Self::SerializeTupleVariant, I::Error> {
        self.part(|inner| inner.serialize_tuple_variant(name, index, variant, len))
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Self::SerializeMap, I::Error> {
        self.part(|inner| inner.serialize_map(len))
    }

    fn serialize_struct(self, name: &'static str, len: usize) -> Result<Self::SerializeStruct, I::Error> {
        Ok(Fields { inner: self.inner.serialize_struct(name, len)?, names: self.names, any: false })
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Self::SerializeStructVariant, I::Error> {
        let inner = self.inner.serialize_struct_variant(name, index, variant, len)?;
        Ok(Fields { inner, names: self.names, any: false })
    }
}

/// Passes on what a value holds one after the other.
macro_rules! pass_on_elements {
    ($($of:ident::$method:ident)*) => {
        $(impl<I: $of> $of for Passing<'_, I> {
            type Ok = I::Ok;
            type Error = I::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, of: &T) -> Result<(), I::Error> {
                self.inner.$method(&Spoken { of, names: self.names })
            }

            fn end(self) -> Result<I::Ok, I::Error> {
                self.inner.end()
            }
        })*
    };
}

pass_on_elements! {
    SerializeSeq::serialize_element SerializeTuple::serialize_element SerializeTupleStruct::serialize_field
    SerializeTupleVariant::serialize_field
}

/// Passes on the fields that are spoken of. Where none is, one without a name stands for them: to a
/// template, what has no field at all is as if it were not there.
struct Fields<'a, I> {
    inner: I,
    names: &'a Names,
    /// Whether any was passed on.
    any: bool,
}

macro_rules! pass_on_fields {
    ($($of:ident)*) => {
        $(impl<I: $of> $of for Fields<'_, I> {
            type Ok = I::Ok;
            type Error = I::Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, of: &T) -> Result<(), I::Error> {
                if !self.names.hold(name) {
                    return self.inner.skip_field(name);
                }
                self.any = true;
                self.inner.serialize_field(name, &Spoken { of, names: self.names })
            }

            fn end(mut self) -> Result<I::Ok, I::Error> {
                if !self.any {
                    self.inner.serialize_field("", &true)?;
                }
                self.inner.end()
            }
        })*
    };
}

pass_on_fields! { SerializeStruct SerializeStructVariant }

/// The keys of a map are no names of ours: all are passed on.
impl<I: SerializeMap> SerializeMap for Passing<'_, I> {
    type Ok = I::Ok;
    type Error = I::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), I::Error> {
        self.inner.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, of: &T) -> Result<(), I::Error> {
        self.inner.serialize_value(&Spoken { of, names: self.names })
    }

    fn end(self) -> Result<I::Ok, I::Error> {
        self.inner.end()
    }
}
