//! Compiles the messages without an installed protoc.

use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=barid");
    let mut files: Vec<PathBuf> = std::fs::read_dir("barid/v1")?
        .map(|found| found.map(|found| found.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "proto"));
    files.sort();

    let mut compiler = protox::Compiler::new(["."])?;
    compiler.include_source_info(true).include_imports(true).open_files(&files)?;
    // The encoded form keeps what prost's types drop; reflection serves it to strangers.
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    std::fs::write(out.join("barid.v1.bin"), compiler.encode_file_descriptor_set())?;

    // The messages as people wrote them, in one text: what an archive keeps beside them.
    let mut text = String::new();
    for file in &files {
        text += &format!("// ==== {}\n\n{}\n", file.display(), std::fs::read_to_string(file)?);
    }
    std::fs::write(out.join("barid.v1.proto.txt"), text)?;

    let grpc = std::env::var_os("CARGO_FEATURE_GRPC").is_some();
    let mut config = tonic_prost_build::Config::new();
    // Chunks and bodies are shared, not copied, on their way from the socket to the disk.
    config.bytes([
        ".barid.v1.SignedEnvelope.body",
        ".barid.v1.UploadExhibitRequest.chunk",
        ".barid.v1.ChunkHashes.packed",
        ".barid.v1.DownloadExhibitResponse.chunk",
        ".barid.v1.InlineDocument.content",
        ".barid.v1.SealedFiling.assessment",
    ]);
    tonic_prost_build::configure()
        .build_client(grpc)
        .build_server(grpc)
        .build_transport(false)
        .compile_fds_with_config(compiler.file_descriptor_set(), config)?;
    Ok(())
}
