# The catalogue's tables: data/*.json -> catalogue_tables.inc, by node, at build time.
# Included by engine/CMakeLists.txt after it has defined moecalc_engine.
find_program(NODE_EXECUTABLE node REQUIRED)
set(catalogue_dir ${CMAKE_CURRENT_LIST_DIR})
set(catalogue_generated_dir ${CMAKE_BINARY_DIR}/generated)
set(catalogue_tables ${catalogue_generated_dir}/catalogue_tables.inc)

add_custom_command(
  OUTPUT ${catalogue_tables}
  COMMAND ${NODE_EXECUTABLE} ${catalogue_dir}/generate.mjs ${catalogue_generated_dir}
  DEPENDS ${catalogue_dir}/generate.mjs
          ${catalogue_dir}/data/devices.json
          ${catalogue_dir}/data/models.json
          ${catalogue_dir}/data/sources.json
  COMMENT "Generating the catalogue's tables"
  VERBATIM
)
target_sources(moecalc_engine PRIVATE
  ${catalogue_dir}/catalogue.cpp
  ${catalogue_dir}/catalogue_json.cpp
  ${catalogue_tables}  # makes the engine depend on the command above
)
target_include_directories(moecalc_engine PRIVATE ${catalogue_generated_dir})
