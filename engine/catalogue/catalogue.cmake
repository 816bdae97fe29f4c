# The catalogue's tables: data/*.json -> catalogue_tables.inc and catalogue_tables_slim.inc, by node, at build time.
# Included by engine/CMakeLists.txt after it has defined moecalc_engine.
find_program(NODE_EXECUTABLE node REQUIRED)
set(catalogue_dir ${CMAKE_CURRENT_LIST_DIR})
set(catalogue_generated_dir ${CMAKE_BINARY_DIR}/generated)
set(catalogue_tables ${catalogue_generated_dir}/catalogue_tables.inc)

add_custom_command(
  OUTPUT ${catalogue_tables} ${catalogue_generated_dir}/catalogue_tables_slim.inc
  COMMAND ${NODE_EXECUTABLE} ${catalogue_dir}/generate.mjs ${catalogue_generated_dir}
  DEPENDS ${catalogue_dir}/generate.mjs
          ${catalogue_dir}/data/devices.json
          ${catalogue_dir}/data/models.json
          ${catalogue_dir}/data/sources.json
  COMMENT "Generating the catalogue's tables"
  VERBATIM
)
target_sources(moecalc_engine PRIVATE ${catalogue_dir}/catalogue_json.cpp ${catalogue_dir}/published_count.cpp)

# Whoever links the engine links one of the two beside it: the whole catalogue, or the one without prose for the page's module,
# whose every byte delays the first result.
add_library(moecalc_catalogue STATIC ${catalogue_dir}/catalogue.cpp ${catalogue_tables})
add_library(moecalc_catalogue_slim STATIC ${catalogue_dir}/catalogue.cpp ${catalogue_tables})
target_compile_definitions(moecalc_catalogue_slim PRIVATE MOECALC_SLIM_CATALOGUE)
foreach(library moecalc_catalogue moecalc_catalogue_slim)
  target_include_directories(${library} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR} ${catalogue_generated_dir})
  target_link_libraries(${library} PRIVATE moecalc_options)
endforeach()
